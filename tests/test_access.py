"""Who may write what; the store asks before every write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.access import Role, Rule, User, find_faults, grant, owner, read_rule, recognise
from lib.schema import SHIPPED_BY, DataError

SHENYANG, DALIAN = "210100", "210200"
REGIONS = (SHENYANG, DALIAN, "210300")
PEOPLE = ("office@a.example", "OFFICE@A.example", "other@a.example", "office@b.example", "沈阳@a.example")
GROUPS = ("statistics", "Statistics", "guests")
whos = st.sampled_from(["*", "@a.example", "@B.EXAMPLE", "group:statistics", "group:guests", *PEOPLE])
some_regions = st.none() | st.frozensets(st.sampled_from(REGIONS))
rules = st.lists(st.builds(Rule, whos, st.sampled_from(list(Role)), some_regions), max_size=6)
people = st.sampled_from(PEOPLE)
held_groups = st.lists(st.sampled_from(GROUPS), unique=True)


def refusal(user: User, *regions: str) -> str:
    """The code of the refusal, "" if the user may write."""
    try:
        user.refuse(regions)
    except DataError as error:
        return error.code
    return ""


def test_an_uploader_writes_its_own_regions_only():
    """An office keeps to its regions."""
    office = User("office@example.org", Role.UPLOADER, frozenset({SHENYANG}))
    assert [refusal(office, SHENYANG), refusal(office, SHENYANG, DALIAN)] == ["", "region_not_allowed"]
    assert office.foreign([DALIAN, SHENYANG]) == [DALIAN]


def test_an_uploader_without_regions_writes_none_and_one_with_all_writes_any():
    """No region named is none; all is said by None."""
    assert refusal(User("a", Role.UPLOADER, frozenset()), SHENYANG) == "region_not_allowed"
    assert not refusal(User("a", Role.UPLOADER), SHENYANG, DALIAN)


@pytest.mark.parametrize("regions", [None, frozenset({SHENYANG})])
def test_a_reader_writes_nothing(regions):
    """A reader reads."""
    assert refusal(User("a", Role.READER, regions), SHENYANG) == "write_not_allowed"


def test_the_owner_of_the_machine_is_an_administrator():
    """Without a login nobody is in the way."""
    assert not refusal(owner("张伟"), SHENYANG, DALIAN)


def rights(user: User) -> set[str]:
    """The regions whose figures the store takes from a user."""
    return {region for region in REGIONS if not refusal(user, region)}


@given(people, held_groups, rules, rules)
def test_a_further_rule_never_takes_a_right_away(email, groups, some, more):
    """Rules only add, wherever they stand in the table."""
    held, wider = grant(email, groups, some), grant(email, groups, [*some, *more])
    assert rights(held) <= rights(wider)
    assert list(Role).index(held.role) <= list(Role).index(wider.role)


@given(people, held_groups, rules)
def test_the_order_of_the_rules_does_not_matter(email, groups, some):
    """A table sorted otherwise says the same."""
    assert grant(email, groups, some) == grant(email, groups, some[::-1])


@given(people, held_groups, rules)
def test_an_address_is_the_same_in_upper_and_lower_case(email, groups, some):
    """Providers do not agree on how an address is spelt."""
    assert grant(email.upper(), groups, some) == grant(email.lower(), groups, some)


@given(st.emails(domains=st.just("c.example")), rules)
def test_someone_whom_no_rule_speaks_of_is_a_reader(email, some):
    """Signing in alone gives no right to write."""
    user = grant(email, ["unheard of"], [rule for rule in some if rule.who != "*"])
    assert (user.role, rights(user)) == (Role.READER, set())


@given(people, held_groups, rules, st.sampled_from([False, "false", None, 0, "no"]))
def test_an_address_nobody_vouches_for_is_a_reader(email, groups, some, verified):
    """Whoever can claim any address has the rights of none."""
    user = recognise({"email": email, "email_verified": verified, "groups": groups}, some)
    assert (user.name, user.role) == ("", Role.READER)


@pytest.mark.parametrize("claims", [{}, {"email": ""}, {"email": None}, {"email": ["office@a.example"]}])
def test_no_address_is_a_reader(claims):
    """A group alone gives no right: the history could not say who it was."""
    everybody = [Rule("*", Role.ADMINISTRATOR, None), Rule("group:statistics", Role.ADMINISTRATOR, None)]
    assert recognise({**claims, "groups": ["statistics"]}, everybody).role is Role.READER


@pytest.mark.parametrize(
    ("who", "fits"),
    [
        ("office@a.example", True),
        ("Office@A.Example", True),
        ("@a.example", True),
        ("@A.EXAMPLE", True),
        ("@example", False),
        ("@b.example", False),
        ("group:statistics", True),
        ("group:Statistics", False),
        ("group:office@a.example", False),
        ("*", True),
        ("office@a.example.org", False),
        ("\u212aoffice@a.example", False),
    ],
)
def test_whom_a_rule_speaks_of(who, fits):
    """An address and a domain in any case, a group as the provider spells it, everybody; nothing that merely looks alike."""
    user = recognise({"email": "office@a.example", "groups": ["statistics"]}, [Rule(who, Role.ADMINISTRATOR, None)])
    assert (user.role is Role.ADMINISTRATOR) is fits


def test_a_letter_that_looks_like_another_is_another():
    """The Kelvin sign is no k, although its lower case is one."""
    assert recognise({"email": "\u212aim@a.example"}, [Rule("kim@a.example", Role.UPLOADER, None)]).role is Role.READER


def test_an_uploader_has_the_regions_of_every_rule_and_not_those_of_a_reader():
    """Two offices' lines add up; a region beside the word reader gives nothing."""
    table = [
        Rule("*", Role.UPLOADER, frozenset({SHENYANG})),
        Rule("@a.example", Role.UPLOADER, frozenset({DALIAN})),
        Rule("office@a.example", Role.READER, None),
    ]
    assert grant("office@a.example", [], table).regions == {SHENYANG, DALIAN}
    assert grant("office@a.example", [], [*table, Rule("group:g", Role.UPLOADER, None)]).regions == {SHENYANG, DALIAN}
    assert grant("office@a.example", ["g"], [*table, Rule("group:g", Role.UPLOADER, None)]).regions is None


@pytest.mark.parametrize("claim", ["statistics", ["statistics"], ("other", "statistics"), [1, "statistics"]])
def test_groups_come_as_a_text_or_a_list_under_the_claim_named(claim):
    """Providers name and shape the claim as they like."""
    table = [Rule("group:statistics", Role.ADMINISTRATOR, None)]
    assert recognise({"email": "a@b.example", "roles": claim}, table, "roles").role is Role.ADMINISTRATOR
    assert recognise({"email": "a@b.example", "roles": claim}, table).role is Role.READER


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        SHIPPED_BY,
        "Shipped",
        "ｓｈｉｐｐｅｄ",
        f"{SHIPPED_BY} ",
        "\tname",
        "name\n",
        "na\u202eme",
        "na\u200bme",
        "a\x00b",
    ],
)
def test_a_name_that_is_none_or_the_trackers_own_is_refused(name):
    """Figures under the tracker's own name count as pages read; one that differs by what nobody sees is as bad."""
    for make in (owner, lambda name: grant(name, [], [Rule("*", Role.ADMINISTRATOR, None)])):
        with pytest.raises(DataError) as refused:
            make(name)
        assert refused.value.code == "name_not_usable"


@given(st.text(max_size=12))
def test_no_name_passes_that_is_taken_for_another(name):
    """Whatever is accepted reads back from a line of the history as it was given."""
    try:
        user = owner(name)
    except DataError:
        return
    assert user.name == name == name.strip() != SHIPPED_BY
    assert len(name.splitlines()) == 1


def row(who="a@b.example", role="uploader", regions=SHENYANG):
    """A line of roles.csv."""
    return {"who": who, "role": role, "regions": regions}


def faults(*rows):
    """The faults of a table, as (code, line, column)."""
    return [(fault.code, fault.row, fault.column) for fault in find_faults(rows, REGIONS)]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        (row(who=""), "who_unknown", "who"),
        (row(who="office"), "who_unknown", "who"),
        (row(who="group:"), "who_unknown", "who"),
        (row(who="group: x"), "who_unknown", "who"),
        (row(who="@"), "who_unknown", "who"),
        (row(who="a@b@c"), "who_unknown", "who"),
        (row(who="a@b.example "), "who_unknown", "who"),
        (row(role=""), "code_unknown", "role"),
        (row(role="Uploader"), "code_unknown", "role"),
        (row(regions="210100,210200"), "code_unknown", "regions"),
        (row(regions="999999"), "code_unknown", "regions"),
        (row(regions="* 210100"), "code_unknown", "regions"),
        (row(role="administrator"), "regions_unused", "regions"),
        (row(role="reader", regions="*"), "regions_unused", "regions"),
    ],
)
def test_a_fault_of_the_table_is_placed(line, code, column):
    """Line and column of what cannot be meant."""
    assert faults(row(who="other@b.example"), line) == [(code, 3, f"roles.{column}")]


def test_one_person_has_one_line():
    """A second line would be read as taking back the first; a group's name is not a domain's."""
    assert faults(row(), row(who="A@B.example", role="reader", regions="")) == [("who_repeated", 3, "roles.who")]
    assert faults(row(who="group:x"), row(who="group:X")) == []


@pytest.mark.parametrize("who", ["*", "@b.example", "a@b.example", "group:处室 一", "张伟@b.example"])
@pytest.mark.parametrize(("regions", "read"), [("*", None), ("", frozenset()), (SHENYANG, frozenset({SHENYANG}))])
def test_a_sound_line_is_read(who, regions, read):
    """Each way to name somebody, with all regions, none and one."""
    line = row(who=who, regions=regions)
    assert faults(line) == []
    assert read_rule(line) == Rule(who, Role.UPLOADER, read)
