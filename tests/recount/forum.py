"""Counts what was answered at a forum again, from the forms as they were filled.

    python3 forum.py FORMS.csv

FORMS.csv has a line for each form: who filled it, then what was ticked or written under each question, in the words that
were printed; several ticks are joined by `|`. Nothing of the product is used here: what was asked, of whom, and what is
read together is written below again (`ASKED`), and what counts is said in words (`count`).

It prints, as JSON, public by public and question by question: how many answered, how many left it blank, how many ticked
what cannot be counted, and of each answer how many gave it and how many of a hundred that is.
"""

import csv
import decimal
import json
import sys

VISITORS, EXHIBITORS, OTHERS = "visiteurs", "intervenants", "autres"

# The question, of whom it is asked, how many answers one may give (None: in words), the answers, those read together.
ASKED = [
    ("Intérêt du forum", [VISITORS], 1,
     ["très intéressant", "intéressant", "peu intéressant", "pas intéressant"],
     {"intéressant ou très intéressant": ["très intéressant", "intéressant"]}),
    ("Échanges avec les intervenants", [VISITORS], 1,
     ["avec tous", "avec les trois quarts", "avec la moitié", "avec un quart ou moins", "avec aucun"],
     {"avec les trois quarts ou plus": ["avec tous", "avec les trois quarts"]}),
    ("Utilité de l’information", [VISITORS], 1,
     ["oui, tout à fait", "oui, partiellement", "non"],
     {"oui, tout à fait ou partiellement": ["oui, tout à fait", "oui, partiellement"]}),
    ("Suites envisagées (plusieurs réponses)", [VISITORS], 99,
     ["télécharger Mon Espace Santé", "modifier son hygiène de vie", "séance de bien-être ou relaxation",
      "bilan de santé ou dépistage d’un cancer", "rendez-vous avec un professionnel", "autre chose",
      "rien de particulier"], {}),
    ("Rencontrer de nouvelles structures et acteurs", [EXHIBITORS], 1,
     ["objectif atteint", "en partie", "non atteint"], {}),
    ("Informer et sensibiliser le public", [EXHIBITORS], 1,
     ["objectif atteint", "en partie", "non atteint"], {}),
    ("Appréciation du forum", [EXHIBITORS], 1,
     ["excellent", "bon", "moyen", "mauvais"], {"excellent ou bon": ["excellent", "bon"]}),
    ("Une remarque, une idée ? Ne nommez personne.", [VISITORS, EXHIBITORS, OTHERS], None, [], {}),
]


def percent(count, of):
    """In whole percent, half a percent upwards; nothing of nobody."""
    if of == 0:
        return None
    exact = decimal.Decimal(100 * count) / decimal.Decimal(of)
    return int(exact.quantize(decimal.Decimal(1), rounding=decimal.ROUND_HALF_UP))


def count(forms, question):
    """A form on which nothing is ticked is a blank. So is one with more ticks than were asked for: nobody knows which
    was meant, and it is said apart. Whoever ticked two of the answers that are read together counts once in them."""
    words, _, most, answers, together = question
    said = [[tick for tick in form[words].split("|") if tick] for form in forms]
    unusable = sum(1 for ticks in said if most and len(ticks) > most)
    answered = [ticks for ticks in said if ticks and not (most and len(ticks) > most)]
    lines = {}
    for line, meant in [(answer, [answer]) for answer in answers] + list(together.items()):
        chose = sum(1 for ticks in answered if any(tick in meant for tick in ticks))
        lines[line] = [chose, percent(chose, len(answered))]
    return {"n": len(answered), "blank": len(forms) - len(answered), "unusable": unusable, "lines": lines}


def main():
    decimal.getcontext().prec = 50
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        forms = list(csv.DictReader(file, delimiter=";"))
    report = {}
    for public in [VISITORS, EXHIBITORS, OTHERS]:
        theirs = [form for form in forms if form["public"] == public]
        asked = [question for question in ASKED if public in question[1]]
        report[public] = {"responses": len(theirs), "questions": {one[0]: count(theirs, one) for one in asked}}
    json.dump(report, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
