"""Looks up every family name the village can invent among real ones; none may be there.

    pip download --no-deps names-dataset==3.3.1 && unzip names_dataset-3.3.1-py3-none-any.whl
    python3 tests/tools/check_names.py names_dataset/v3 tests/src/village/names.rs
"""

import gzip
import pickle
import re
import sys
import unicodedata


def folded(name):
    decomposed = unicodedata.normalize("NFKD", name.replace("œ", "oe"))
    return "".join(letter for letter in decomposed if letter.isalpha()).lower()


def strings_of(constant, source):
    body = re.search(rf"pub const {constant}: [^=]*= &\[(.*?)\];", source, re.S).group(1)
    return re.findall(r'"([^"]+)"', body)


dataset, lexicon = sys.argv[1:]
real = set()
for kind in ("last_names", "first_names"):
    with gzip.open(f"{dataset}/{kind}.pkl.gz") as file:
        real |= {folded(name) for name in pickle.load(file)}
source = open(lexicon, encoding="utf-8").read()
invented = [stem + ending for stem in strings_of("STEMS", source) for ending in strings_of("ENDINGS", source)]
borne = [name for name in invented if folded(name) in real]
print(f"{len(invented)} invented, {len(real)} real, {len(borne)} of both: {borne}")
sys.exit(bool(borne))
