// PNG and SVG of one chart, made in the visitor's own browser.
//
// Streamlit keeps its copy of plotly.js to itself (there is no window.Plotly),
// but every drawn chart carries its mode bar, and the bar's "toImage" button
// carries Plotly's exporter. That exporter draws whatever figure it is handed
// in a hidden corner of the page, so it is handed a *new* figure: the chart's
// traces in the framed layout (title, sources, white paper). The chart that the
// visitor is looking at is only read, never changed.

const EXPORTER = "toImage";
const SCALE = { png: 2, svg: 1 };
const PATIENCE_MS = 30_000;

// The exporter reports its outcome only as a message to the visitor.
const DONE = "Image download succeeded";
const FAILED = "Sorry, there was a problem downloading your image!";

function findChart(id) {
  return document.querySelector(`.st-key-chart-${CSS.escape(id)} .js-plotly-plot`);
}

function findExporter(chart) {
  const buttons = chart?._fullLayout?._modeBar?.buttons ?? [];
  return buttons.flat().find((button) => button.name === EXPORTER)?.click;
}

// What the exporter reads from a chart's settings. It looks its messages up in
// the locale's dictionary, which is how we learn of the outcome, and shows none
// of them, because the notifier is off.
function exportContext(options, onDone, onFailed) {
  const dictionary = {
    get [DONE]() {
      onDone();
      return DONE;
    },
    get [FAILED]() {
      onFailed(new Error(FAILED));
      return FAILED;
    },
  };
  return {
    displayNotifier: false,
    locale: "en",
    locales: { en: { dictionary } },
    toImageButtonOptions: options,
  };
}

function savePicture({ chart: id, frame, name }, format) {
  return new Promise((resolve, reject) => {
    const chart = findChart(id);
    const exporter = findExporter(chart);
    if (!exporter) {
      throw new Error(`Chart "${id}" is not drawn, or has no ${EXPORTER} button.`);
    }
    const { width, height } = frame;
    const options = { format, filename: name, width, height, scale: SCALE[format] };
    const { locale, locales } = chart._context;
    setTimeout(() => reject(new Error("The picture took too long.")), PATIENCE_MS);
    exporter({
      data: structuredClone(chart.data),
      layout: structuredClone(frame),
      config: { locale, locales },
      _context: exportContext(options, resolve, reject),
    });
  });
}

async function onPress(button, note, data) {
  if (button.ariaBusy === "true") return;
  button.ariaBusy = "true";
  note.textContent = "";
  try {
    await savePicture(data, button.dataset.format);
  } catch (error) {
    console.warn("chart download:", error);
    note.textContent = data.labels.failed;
  } finally {
    button.ariaBusy = "false";
  }
}

// Called by Streamlit at first and whenever the data change.
export default function ({ data, parentElement }) {
  const note = parentElement.querySelector("[role=status]");
  for (const button of parentElement.querySelectorAll("button[data-format]")) {
    const { format } = button.dataset;
    button.textContent = data.labels[format];
    button.title = data.labels[`${format}_help`];
    button.onclick = () => onPress(button, note, data);
  }
}
