"""Writes the cards of vobject, and the YAML from which khard makes its own: cards.py FOLDER."""
import sys
import vobject

folder = sys.argv[1]


def grouped(card, group, name, value, kind=None):
    line = card.add(name)
    line.value, line.group = value, group
    if kind:
        line.type_param = kind
    return line


card = vobject.vCard()
card.add("n").value = vobject.vcard.Name(family="Tisserol-Brun", given="Maëlle", prefix="Mme")
card.add("fn").value = "Maëlle Tisserol-Brun"
card.add("org").value = ["Maison de santé du Grand-Vallat", "Pôle infirmier"]
card.add("title").value = "Infirmière"
grouped(card, "item1", "tel", "04 65 71 00 01", "WORK")
grouped(card, "item1", "x-ablabel", "_$!<Secrétariat>!$_")
card.add("tel").value = "06 39 98 00 02"
card.add("email").value = "maelle@exemple.example"
card.add("adr").value = vobject.vcard.Address(
    street="3, rue du Puits", extended="La Roussière", city="Roquebelle-les-Alpilles", code="13999"
)
card.add("note").value = (
    "Passe le mardi ; préfère les messages.\nSonner deux fois, attendre au portail : la cour est longue et le chien, "
    "qui n’est pas méchant, arrive toujours avant elle."
)
card.add("categories").value = ["Réseau", "Soins à domicile"]
card.add("uid").value = "tisserol-brun-7@exemple.example"
card.add("x-twitter").value = "@personne"
with open(f"{folder}/vobject-3.0.vcf", "wb") as out:
    out.write(card.serialize().encode())

with open(f"{folder}/khard.yaml", "w") as out:
    out.write(
        "Formatted name: Maëlle Tisserol-Brun\nPrefix: Mme\nFirst name: Maëlle\nLast name: Tisserol-Brun\n"
        "Organisation:\n  - - Maison de santé du Grand-Vallat\n    - Pôle infirmier\nTitle: Infirmière\n"
        "Phone:\n  work: 04 65 71 00 01\n  cell: 06 39 98 00 02\nEmail:\n  work: maelle@exemple.example\n"
        "Address:\n  work:\n    Extended: La Roussière\n    Street: 3, rue du Puits\n    Code: 13999\n"
        "    City: Roquebelle-les-Alpilles\nCategories: [Réseau, Soins à domicile]\n"
        "Note: |\n  Passe le mardi ; préfère les messages.\n  Sonner deux fois.\n"
    )
