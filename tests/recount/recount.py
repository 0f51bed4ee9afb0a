"""Counts the activity summary for the mairie again, from what the screens show, and compares it with what was published.

    python3 recount.py RECORDS TABLES --published-on 2026-07-02 --threshold 5 --at-least 300

RECORDS is a folder of CSV files, one a kind of record, as a coordinator's screens show them (`SCHEMA` says their columns).
TABLES is a folder of the tables that the product exports, one a period. Nothing of the product is used here: what counts
is written below in words and counted in SQL (`WHAT_COUNTS`), the grid is written below again (`TABLES`), and so is what
may be told (`Village.may_be_told`, `Village.lines_to_tell`), from decision 0028.

It prints a report as JSON, and fails (1) if anything differs, (2) if too few figures were compared.
"""

import argparse
import csv
import json
import pathlib
import sqlite3
import sys
from collections import Counter

# ── What is read ─────────────────────────────────────────────────────────────────────────────────────────────────────

SCHEMA = {
    "encounters": "id day hour way result withdrawn person entry",
    "reception": "day half what count",
    "accompaniments": "id person given_on withdrawn_on",
    "requests": "id person received_on source topic closed_on outcome",
    "options": "request id chosen_on declined_on accepted_on refused_on",
    "alerts": "id day kind person about_everyone closed_because",
    "projects": "id person opened_on",
    "stays": "id person state returned_on",
    "meetings": "id person state held_on presence",
    "calls": "id day outcome withdrawn person register_entry",
    "collective": "id year closed_on",
    # Fictional situations, with the day of the lunch at which they are spoken of.
    "situations": "id lunch_on",
    "directory": "id kind role",
    # A sheet that was said to be of the same person as another, and the id under which screens show that person.
    "same_person": "sheet shown_as",
    # Whose an entry of the legal register is, where their sheet says so.
    "register": "entry person",
    # The words of the coordinator's lists.
    "words": "list code words",
}

# ── What counts ──────────────────────────────────────────────────────────────────────────────────────────────────────
#
# Each thing counts once, in one table, on one day, about one person or nobody. What was noted by mistake counts nowhere.
# `a` and `b` are the lines that it counts in, in the first and in the second detail of its table.

WHAT_COUNTS = """
-- Contacts: someone was met or spoken to. A visit by two is a visit; an appointment and a passage are the desk. The hour
-- tells the half of the day: until one in the afternoon it is the morning.
INSERT INTO things SELECT 'contacts', day, person, 1,
    CASE WHEN way IN ('home_visit', 'joint_visit') THEN 'home_visit' WHEN way IN ('call_out', 'call_in') THEN 'call'
         WHEN way IN ('appointment', 'walk_in') THEN 'desk' WHEN way = 'accompaniment' THEN 'accompaniment' END,
    CASE WHEN hour IS NULL THEN NULL WHEN hour < '13' THEN 'am' ELSE 'pm' END
FROM encounters WHERE person IS NOT NULL AND result = 'met' AND withdrawn = 'no';

-- Exchanges with partners: someone of the directory was met or spoken to, and it was about nobody in particular.
INSERT INTO things SELECT 'partners', e.day, NULL, 1, d.role, NULL
FROM encounters e JOIN directory d ON d.id = e.entry
WHERE e.person IS NULL AND e.result = 'met' AND e.withdrawn = 'no';

-- Whoever came by, called or asked at the desk: figures, and nobody.
INSERT INTO things SELECT 'reception', day, NULL, CAST(count AS INTEGER), half, NULL FROM reception;

-- Followings: someone agreed to be accompanied; they ended it.
INSERT INTO things SELECT 'followed', given_on, person, 1, 'new', NULL FROM accompaniments;
INSERT INTO things SELECT 'followed', withdrawn_on, person, 1, 'closed', NULL FROM accompaniments
WHERE withdrawn_on IS NOT NULL;

-- Alerts about someone, alerts about everyone.
INSERT INTO things SELECT 'alerts', day, person, 1, kind, NULL FROM alerts
WHERE about_everyone = 'no' AND closed_because IS NOT 'mistake';
INSERT INTO things SELECT 'common_alerts', day, NULL, 1, kind, NULL FROM alerts
WHERE about_everyone = 'yes' AND closed_because IS NOT 'mistake';

-- Requests, on the day they were received: those of outside partners (a hospital, a DAC) are counted as theirs.
INSERT INTO things SELECT 'requests', received_on, person, 1, topic, source FROM requests
WHERE coalesce(source, '') NOT IN ('hospital', 'dac');
INSERT INTO things SELECT 'referrals', received_on, person, 1, source, NULL FROM requests
WHERE source IN ('hospital', 'dac');

-- Requests that ended, on that day: what no partner took on is a service that was looked for and not found, and no answer.
INSERT INTO things SELECT 'answers', closed_on, person, 1, outcome, NULL FROM requests
WHERE closed_on IS NOT NULL AND coalesce(outcome, '') <> 'refused_by_partner';
INSERT INTO things SELECT 'missing', closed_on, person, 1, topic, NULL FROM requests
WHERE closed_on IS NOT NULL AND outcome = 'refused_by_partner';

-- What changed for someone: whom they chose to turn to said yes (a later no takes it back, and of one day the no holds);
-- they came home from hospital; a health project began.
INSERT INTO things SELECT 'changes', o.accepted_on, r.person, 1, 'orientation_succeeded', NULL
FROM options o JOIN requests r ON r.id = o.request
WHERE o.accepted_on IS NOT NULL AND r.person IS NOT NULL
    AND o.chosen_on IS NOT NULL AND (o.declined_on IS NULL OR o.declined_on <= o.chosen_on)
    AND (o.refused_on IS NULL OR o.refused_on < o.accepted_on);
INSERT INTO things SELECT 'changes', returned_on, person, 1, 'return_prepared', NULL FROM stays WHERE state = 'returned';
INSERT INTO things SELECT 'changes', opened_on, person, 1, 'project_born', NULL FROM projects;

-- Temps d'échange that were held, by how the person took part.
INSERT INTO things SELECT 'meetings', held_on, person, 1,
    CASE presence WHEN 'there' THEN 'present' WHEN 'represented' THEN 'represented' END, NULL
FROM meetings WHERE state = 'held';

-- Calls of a campaign, each attempt. Whoever is in the register is the person of the sheet that says so, else someone.
INSERT INTO things SELECT 'campaign_calls', c.day, coalesce(c.person, r.person, c.register_entry), 1, c.outcome, NULL
FROM calls c LEFT JOIN register r ON r.entry = c.register_entry WHERE c.withdrawn = 'no';

-- Collective projects, on the day they were closed, else on the last of their year.
INSERT INTO things SELECT 'events', coalesce(closed_on, year || '-12-31'), NULL, 1, 'collective_project', NULL
FROM collective WHERE closed_on IS NOT NULL OR year IS NOT NULL;

-- Training lunches, each once however many situations are spoken of at it.
INSERT INTO things SELECT DISTINCT 'events', lunch_on, NULL, 1, 'training_lunch', NULL
FROM situations WHERE lunch_on IS NOT NULL;

-- Two sheets of one person are one person.
UPDATE things SET person = (SELECT shown_as FROM same_person WHERE sheet = person)
WHERE person IN (SELECT sheet FROM same_person);
"""

# ── What is told, in which lines ─────────────────────────────────────────────────────────────────────────────────────

OTHERS = "autres"
TOTAL = "total"
UNTOLD = "non communiqué"
YEAR, QUARTER, MONTH = 12, 3, 1

TOPICS = "rights find_doctor transport home_help isolation return_from_hospital housing caregiver_respite digital_health"
ANSWERS = "information_given orientation_accepted health_project_opened shared_meeting passed_to_collective"


class Detail:
    """How a total divides: its words, at which level it is told, its lines in order, and the list they are words of.

    `divides_all`: its lines leave nothing over, else one more is for the others."""

    def __init__(self, words, level, lines, of_list=None, divides_all=False):
        self.words, self.level, self.lines, self.of_list = words, level, lines.split(), of_list
        self.divides_all, self.of_professions = divides_all, lines == "(professions)"


class Table:
    """A table: its words, whether it is about people, the shortest period it is told of, its details."""

    def __init__(self, words, about_people, shortest, *details):
        self.words, self.about_people, self.shortest, self.details = words, about_people, shortest, details


TABLES = {
    "contacts": Table("contacts", True, MONTH,
                      Detail("moyen", QUARTER, "home_visit call desk accompaniment"),
                      Detail("demi-journée", YEAR, "am pm")),
    "reception": Table("passages à l’accueil", False, MONTH, Detail("demi-journée", QUARTER, "am pm", divides_all=True)),
    "followed": Table("accompagnements", True, QUARTER, Detail("étape", YEAR, "new closed", divides_all=True)),
    "alerts": Table("alertes pour une personne", True, QUARTER,
                    Detail("motif", YEAR, "no_news home_help_broken caregiver_failing fall", "alert_kinds")),
    "common_alerts": Table("alertes pour tous", False, MONTH,
                           Detail("motif", YEAR, "weather infection_risk loss_of_service", "alert_kinds")),
    "requests": Table("demandes reçues", True, MONTH,
                      Detail("sujet", YEAR, TOPICS, "request_topics"),
                      Detail("qui demande", YEAR, "person relative professional neighbour_or_relay", "request_sources")),
    "answers": Table("demandes closes", True, MONTH, Detail("suite", YEAR, ANSWERS, "request_outcomes")),
    "changes": Table("ce qui a changé pour quelqu’un", True, QUARTER,
                     Detail("changement", YEAR, "orientation_succeeded return_prepared service_found project_born")),
    "meetings": Table("temps d’échange", True, YEAR, Detail("présence de la personne", YEAR, "present represented")),
    "campaign_calls": Table("appels de campagne", True, YEAR, Detail("résultat", YEAR, "reached need no_answer")),
    "events": Table("projets collectifs et événements", False, MONTH,
                    Detail("sorte", YEAR, "collective_project training_lunch")),
    "referrals": Table("demandes de partenaires", True, YEAR,
                       Detail("qui demande", YEAR, "hospital dac", "request_sources")),
    "partners": Table("échanges avec des professionnels", False, MONTH,
                      Detail("profession", YEAR, "(professions)", "professions")),
    "missing": Table("services cherchés et non trouvés", True, YEAR,
                     Detail("sujet", YEAR, "find_doctor transport home_help housing", "request_topics")),
}

WORDS = {
    "home_visit": "visites à domicile", "call": "appels", "desk": "accueil",
    "accompaniment": "accompagnements à l’extérieur", "am": "matin", "pm": "après-midi", "new": "commencés",
    "closed": "terminés", "orientation_succeeded": "orientations acceptées par le partenaire",
    "return_prepared": "retours d’hôpital suivis", "service_found": "services trouvés",
    "project_born": "projets de santé commencés", "present": "elle était là",
    "represented": "quelqu’un parlait pour elle", "reached": "tout va bien", "need": "un besoin",
    "no_answer": "pas de réponse", "collective_project": "projets collectifs",
    "training_lunch": "déjeuners de formation",
}

# A profession that fewer people have has no line; what is put together is of as many.
PEOPLE_OF_A_PROFESSION = 3


class Crowd:
    """Who is behind a figure: how many acts, by how many persons, how many acts are someone's, how many one person's."""

    def __init__(self, acts, persons, named, most):
        self.acts, self.persons, self.named, self.most = acts, persons, named, most

    def is_of(self, persons):
        """At least so many distinct persons, none of whom has half of what they have together."""
        return self.persons >= persons and 2 * self.most < self.named


class Period:
    """A year, a quarter or a month, by the code of the exported tables."""

    def __init__(self, year, level, number):
        self.level = level
        self.months = [f"{year}-{month:02}" for month in range(number * level + 1, (number + 1) * level + 1)]
        self.code = {YEAR: f"{year}", QUARTER: f"{year}-Q{number + 1}", MONTH: self.months[0]}[level]


def around(month, level):
    """The period of a level that a month lies in."""
    year, number = map(int, month.split("-"))
    return Period(year, level, (number - 1) // level)


def ended_with(month):
    """The periods that a month is the last of: itself, then the quarter, then the year."""
    year, number = map(int, month.split("-"))
    return [Period(year, level, number // level - 1) for level in (MONTH, QUARTER, YEAR) if number % level == 0]


class Village:
    """The records, as facts in SQL."""

    def __init__(self, folder, published_on, threshold):
        self.db = sqlite3.connect(":memory:")
        self.threshold = threshold
        for name, columns in SCHEMA.items():
            self.load(pathlib.Path(folder) / f"{name}.csv", name, columns.split())
        self.db.execute("CREATE TABLE things (in_table, day, person, times INTEGER, a, b)")
        self.db.executescript(WHAT_COUNTS)
        # The books begin with January of last year, or of the year in which anything is noted, if that is this one.
        this_year = int(published_on[:4])
        earliest = self.db.execute("SELECT min(day) FROM things").fetchone()[0] or published_on
        self.first = f"{min(max(int(earliest[:4]), this_year - 1), this_year)}-01"
        self.open_month = published_on[:7]
        people = self.db.execute("SELECT role, count(*) FROM directory WHERE kind = 'professional' AND role IS NOT NULL"
                                 " GROUP BY role")
        self.people_of = dict(people)

    def load(self, path, name, columns):
        """A file as a table; an empty cell is no value."""
        self.db.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        rows = read_csv(path, columns)
        marks = ", ".join("?" for _ in columns)
        self.db.executemany(f"INSERT INTO {name} VALUES ({marks})", ([cell or None for cell in row] for row in rows))

    def periods(self):
        """Every period that is over, in the order in which it is published."""
        year, month, found = int(self.first[:4]), 1, []
        while f"{year}-{month:02}" < self.open_month:
            found += ended_with(f"{year}-{month:02}")
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        return found

    def crowd(self, table, months, detail=None, lines=None, all_but=False):
        """Who is behind a table in some months, in some lines of its first or second detail, or in all but them."""
        where, values = ["in_table = ?", f"substr(day, 1, 7) IN ({', '.join('?' for _ in months)})"], [table, *months]
        if detail is not None:
            column = "ab"[detail]
            inside = f"{column} IN ({', '.join('?' for _ in lines)})"
            where.append(f"({column} IS NULL OR NOT {inside})" if all_but else inside)
            values += lines
        query = f"""
            WITH each AS (SELECT person, sum(times) AS acts FROM things WHERE {' AND '.join(where)} GROUP BY person)
            SELECT coalesce(sum(acts), 0), count(person), coalesce(sum(acts) FILTER (WHERE person IS NOT NULL), 0),
                coalesce(max(acts) FILTER (WHERE person IS NOT NULL), 0) FROM each"""
        return Crowd(*self.db.execute(query, values).fetchone())

    def in_books(self, months):
        return [month for month in months if month >= self.first]

    # ── What may be told ─────────────────────────────────────────────────────────────────────────────────────────────

    def not_told_yet(self, table, period, months, told):
        """The months, of these, that no shorter period told."""
        shorter = [level for level in (MONTH, QUARTER) if level < period.level]
        is_told = lambda month: any((table, around(month, level).code) in told for level in shorter)
        return [month for month in self.in_books(months) if not is_told(month)]

    def may_be_told(self, table, period, told):
        """A total is told where the months it newly covers are of enough persons; a month and a quarter that begin to
        tell need twice as many, and what was kept back before them in a longer period must be of twice as many too."""
        new = self.not_told_yet(table, period, period.months, told)
        if not new:
            return True
        begins = period.level != YEAR and new == self.in_books(period.months)
        if not self.crowd(table, new).is_of(self.threshold * 2 if begins else self.threshold):
            return False
        for level in (QUARTER, YEAR):
            if level > period.level:
                longer = around(period.months[0], level)
                before = [month for month in longer.months if month < period.months[0]]
                kept_back = self.not_told_yet(table, longer, before, told)
                if kept_back and not self.crowd(table, kept_back).is_of(self.threshold * 2):
                    return False
        return True

    def lines_to_tell(self, table, number, months):
        """The lines that have a figure of their own, and whether there is one for the others; none of either where
        nothing can be told apart."""
        detail = TABLES[table].details[number]
        if detail.of_professions:
            return self.professions_to_tell(table, number, months)
        if not TABLES[table].about_people:
            return detail.lines, not detail.divides_all
        own = [line for line in detail.lines if self.crowd(table, months, number, [line]).is_of(self.threshold)]
        while own:
            if detail.divides_all and own == detail.lines:
                return own, False
            if self.crowd(table, months, number, own, all_but=True).is_of(self.threshold * 2):
                return own, True
            # The last line of the grid that had enough joins the others, until they have twice as many.
            own = own[:-1]
        return [], False

    def professions_to_tell(self, table, number, months):
        """Those of three people at least; the others together are of three at least, or one more joins them."""
        own = sorted(role for role, people in self.people_of.items() if people >= PEOPLE_OF_A_PROFESSION)
        rare = sum(people for people in self.people_of.values() if people < PEOPLE_OF_A_PROFESSION)
        of_no_one = self.crowd(table, months, number, list(self.people_of), all_but=True).acts > 0
        if "other" in own:
            # A profession that is none in particular is one of the others.
            own.remove("other")
            rare += self.people_of["other"]
        if not rare and not of_no_one:
            return own, False
        while own and rare < PEOPLE_OF_A_PROFESSION:
            rare += self.people_of[own.pop()]
        return own, bool(own)

    def words(self, detail):
        """The words of the lines of a detail, and their codes."""
        codes = self.people_of if detail.of_professions else detail.lines
        of_list = dict(self.db.execute("SELECT code, words FROM words WHERE list = ?", [detail.of_list]))
        return {code: of_list.get(code) or WORDS.get(code, code) for code in codes}


def read_csv(path, columns):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    if not rows or rows[0] != columns:
        raise SystemExit(f"{path}: its heads are not {columns}")
    return rows[1:]


# ── The comparison ───────────────────────────────────────────────────────────────────────────────────────────────────

HEADS = ["période", "tableau", "détail", "ligne", "nombre", "personnes"]


class Report:
    def __init__(self):
        self.compared, self.differences, self.figures_of = Counter(), [], Counter()

    def compare(self, what, where, told, counted):
        self.compared[what] += 1
        if what == "figures":
            table, detail = where[1:3]
            self.figures_of[f"{table} / {detail}" if detail else table] += 1
        if told != counted:
            place = dict(zip(("period", "table", "detail", "line"), where))
            self.differences.append({"what": what, **place, "told": told, "counted": counted})


def read_tables(folder, report):
    """What was published: by period, then by table, detail and line, the figure and the persons as they are written."""
    published = {}
    for path in sorted(pathlib.Path(folder).glob("*.csv")):
        for period, table, detail, line, number, persons in read_csv(path, HEADS):
            lines = published.setdefault(period, {})
            where = (table, detail, line)
            # A line that stands twice is counted twice by whoever adds them.
            report.compare("lines", (period, *where), 2 if where in lines else 1, 1)
            lines[where] = (number, persons)
    return published


def check_figures(village, period, lines, report):
    """Every figure that is told is what the records say, of enough persons, and lines are the sum of their total."""
    months = village.in_books(period.months)
    for key, table in TABLES.items():
        where = (table.words, "", TOTAL)
        number, persons = lines.get(where, (UNTOLD, ""))
        told_total = number != UNTOLD
        if told_total:
            crowd = village.crowd(key, months)
            report.compare("figures", (period.code, *where), int(number), crowd.acts)
            if table.about_people:
                protected(report, (period.code, *where), crowd, village.threshold)
            if persons:
                report.compare("persons", (period.code, *where), int(persons), crowd.persons)
        for index, detail in enumerate(table.details):
            code_of = {words: code for code, words in village.words(detail).items()}
            told = {line: cells[0] for (of, by, line), cells in lines.items() if (of, by) == (table.words, detail.words)}
            if not told:
                continue
            own = [code_of.get(line, line) for line in told if line != OTHERS]
            for line, number in told.items():
                at = (period.code, table.words, detail.words, line)
                if line == OTHERS:
                    crowd, needed = village.crowd(key, months, index, own, all_but=True), village.threshold * 2
                else:
                    crowd, needed = village.crowd(key, months, index, [code_of.get(line, line)]), village.threshold
                    if detail.divides_all and code_of.get(line) == detail.lines[-1]:
                        # What fits none of lines that leave nothing over counts in the last one.
                        crowd = village.crowd(key, months, index, detail.lines[:-1], all_but=True)
                report.compare("figures", at, int(number), crowd.acts)
                if table.about_people:
                    protected(report, at, crowd, needed)
            sum_of_lines = sum(int(number) for number in told.values())
            total = lines.get(where, (UNTOLD, ""))[0]
            report.compare("sums", (period.code, table.words, detail.words, TOTAL), str(sum_of_lines), total)
            if OTHERS in told:
                # What is gathered is what the total leaves.
                rest = int(total) - sum(int(number) for line, number in told.items() if line != OTHERS)
                at = (period.code, table.words, detail.words, OTHERS)
                report.compare("sums", at, int(told[OTHERS]), rest)


def protected(report, where, crowd, needed):
    report.compare("protected", where, "told", "told" if crowd.is_of(needed) else
                   f"{crowd.persons} persons, {crowd.most} of {crowd.named} acts by one")


def check_what_is_told(village, period, lines, told, report):
    """What is told, what is kept back and what is put together are what decision 0028 says."""
    months = village.in_books(period.months)
    expected = {}
    for key, table in TABLES.items():
        if table.shortest > period.level:
            continue
        is_told = not table.about_people or village.may_be_told(key, period, told)
        expected[(table.words, "", TOTAL)] = "told" if is_told else "kept back"
        if not is_told:
            continue
        told.add((key, period.code))
        for index, detail in enumerate(table.details):
            if detail.level == period.level:
                own, others = village.lines_to_tell(key, index, months)
                words = village.words(detail)
                for line in [words[code] for code in own] + [OTHERS] * others:
                    expected[(table.words, detail.words, line)] = "told"
    for where in sorted(expected.keys() | lines.keys()):
        number = lines[where][0] if where in lines else None
        found = "absent" if number is None else "kept back" if number == UNTOLD else "told"
        report.compare("told or not", (period.code, *where), found, expected.get(where, "absent"))
    for (words, detail, line), (number, persons) in lines.items():
        # How many persons is told of the total of a year only, of tables about people.
        table = next((table for table in TABLES.values() if table.words == words), None)
        is_said = period.level == YEAR and line == TOTAL and detail == "" and number != UNTOLD and table.about_people
        at = (period.code, words, detail, line)
        report.compare("persons or not", at, "told" if persons else "absent", "told" if is_said else "absent")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("records")
    parser.add_argument("tables")
    parser.add_argument("--published-on", required=True)
    parser.add_argument("--threshold", type=int, required=True)
    parser.add_argument("--at-least", type=int, required=True, help="how many figures are to be compared")
    asked = parser.parse_args()
    village = Village(asked.records, asked.published_on, asked.threshold)
    report = Report()
    published = read_tables(asked.tables, report)
    periods = village.periods()
    for code in sorted(published.keys() | {period.code for period in periods}):
        is_over = any(period.code == code for period in periods)
        report.compare("periods", (code,), "there" if code in published else "absent", "there" if is_over else "absent")
    told = set()
    for period in periods:
        lines = published.get(period.code, {})
        check_figures(village, period, lines, report)
        check_what_is_told(village, period, lines, told, report)
    enough = report.compared["figures"] >= asked.at_least
    answer = {
        "compared": dict(report.compared),
        "figures_of": dict(report.figures_of),
        "enough": enough,
        "differences": report.differences,
    }
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
    return 1 if report.differences else 0 if enough else 2


if __name__ == "__main__":
    sys.exit(main())
