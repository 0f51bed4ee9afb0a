"""Reads the vectors of the sharing format with nothing of Maillon's: a second program, written from FORMAT.md.

It has its own Ed25519 (RFC 8032), X25519 (RFC 7748), ChaCha20-Poly1305 (RFC 8439), XChaCha (its draft), HKDF (RFC 5869) and HPKE
(RFC 9180), slow and plain. It checks every signature and hash, opens what a device may open, and prints the sentence.
"""

import hashlib
import hmac
import sys
import zlib


# ── What RFCs say ────────────────────────────────────────────────────────────────────────────────────────────────────

def extract(salt, secret):
    return hmac.new(salt or bytes(32), secret, hashlib.sha256).digest()


def expand(key, info, length):
    out, block, n = b"", b"", 1
    while len(out) < length:
        block = hmac.new(key, block + info + bytes([n]), hashlib.sha256).digest()
        out, n = out + block, n + 1
    return out[:length]


def hkdf(secret, salt, info, length=32):
    return expand(extract(salt, secret), info, length)


P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e, f = (y1 - x1) * (y2 - x2) % P, (y1 + x1) * (y2 + x2) % P
    g, h = 2 * t1 * t2 * D % P, 2 * z1 * z2 % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    total = (0, 1, 1, 0)
    while n:
        if n & 1:
            total = add(total, point)
        point, n = add(point, point), n >> 1
    return total


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    assert (x * x - xx) % P == 0, "no point"
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point(bytes.fromhex("58" + "66" * 31))


def packed(a):
    z = pow(a[2], P - 2, P)
    return (a[1] * z % P | (a[0] * z % P & 1) << 255).to_bytes(32, "little")


def public_signing(seed):
    h = bytearray(hashlib.sha512(seed).digest()[:32])
    h[0] &= 248
    h[31] = h[31] & 127 | 64
    return packed(times(int.from_bytes(h, "little"), BASE))


def verify(key, message, signature):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(point(r), times(h, point(key)))
    assert s < L and packed(left) == packed(right), "a signature does not hold"


def x25519(scalar, u):
    k = bytearray(scalar)
    k[0] &= 248
    k[31] = k[31] & 127 | 64
    k, x1 = int.from_bytes(k, "little"), int.from_bytes(u, "little") & (1 << 255) - 1
    x2, z2, x3, z3, swap = 1, 0, x1, 1, 0
    for t in reversed(range(255)):
        bit = k >> t & 1
        if swap ^ bit:
            x2, x3, z2, z3 = x3, x2, z3, z2
        swap = bit
        a, b, c, d = x2 + z2, x2 - z2, x3 + z3, x3 - z3
        aa, bb, da, cb = a * a % P, b * b % P, d * a % P, c * b % P
        x3, z3 = (da + cb) ** 2 % P, x1 * (da - cb) ** 2 % P
        e = aa - bb
        x2, z2 = aa * bb % P, e * (aa + 121665 * e) % P
    if swap:
        x2, x3, z2, z3 = x3, x2, z3, z2
    return (x2 * pow(z2, P - 2, P) % P).to_bytes(32, "little")


def rounds(state):
    s = list(state)

    def quarter(a, b, c, d):
        for x, y, z, n in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
            s[x] = s[x] + s[y] & 0xFFFFFFFF
            s[z] ^= s[x]
            s[z] = (s[z] << n | s[z] >> 32 - n) & 0xFFFFFFFF

    for _ in range(10):
        for q in ((0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)):
            quarter(*q)
        for q in ((0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)):
            quarter(*q)
    return s


def words(data):
    return [int.from_bytes(data[i : i + 4], "little") for i in range(0, len(data), 4)]


SIGMA = words(b"expand 32-byte k")


def block(key, counter, nonce):
    state = SIGMA + words(key) + [counter] + words(nonce)
    return b"".join((a + b & 0xFFFFFFFF).to_bytes(4, "little") for a, b in zip(rounds(state), state))


def opened(key, nonce, sealed, about):
    text, tag = sealed[:-16], sealed[-16:]
    one = block(key, 0, nonce)[:32]
    r = int.from_bytes(one[:16], "little") & 0x0FFFFFFC0FFFFFFC0FFFFFFC0FFFFFFF
    pad = lambda b: b + bytes(-len(b) % 16)
    data = pad(about) + pad(text) + len(about).to_bytes(8, "little") + len(text).to_bytes(8, "little")
    total = 0
    for i in range(0, len(data), 16):
        total = (total + int.from_bytes(data[i : i + 16] + b"\x01", "little")) * r % (2**130 - 5)
    assert (total + int.from_bytes(one[16:], "little")) % 2**128 == int.from_bytes(tag, "little"), "it does not open"
    stream = b"".join(block(key, 1 + i, nonce) for i in range(len(text) // 64 + 1))
    return bytes(a ^ b for a, b in zip(text, stream))


def xopened(key, nonce, sealed, about):
    s = rounds(SIGMA + words(key) + words(nonce[:16]))
    subkey = b"".join(w.to_bytes(4, "little") for w in s[:4] + s[12:])
    return opened(subkey, bytes(4) + nonce[16:], sealed, about)


def hpke_key(secret):
    """DeriveKeyPair of DHKEM(X25519, HKDF-SHA256)."""
    suite = b"HPKE-v1" + b"KEM\x00\x20"
    prk = extract(b"", suite + b"dkp_prk" + secret)
    return expand(prk, (32).to_bytes(2, "big") + suite + b"sk", 32)


def hpke_open(private, encapsulated, info, about, sealed):
    public = x25519(private, (9).to_bytes(32, "little"))
    suite = b"HPKE-v1" + b"KEM\x00\x20"
    prk = extract(b"", suite + b"eae_prk" + x25519(private, encapsulated))
    shared = expand(prk, (32).to_bytes(2, "big") + suite + b"shared_secret" + encapsulated + public, 32)
    suite = b"HPKE-v1" + b"HPKE\x00\x20\x00\x01\x00\x03"
    context = b"\x00" + extract(b"", suite + b"psk_id_hash") + extract(b"", suite + b"info_hash" + info)
    secret = extract(shared, suite + b"secret")
    key = expand(secret, (32).to_bytes(2, "big") + suite + b"key" + context, 32)
    nonce = expand(secret, (12).to_bytes(2, "big") + suite + b"base_nonce" + context, 12)
    return opened(key, nonce, sealed, about)


# ── What FORMAT.md says ──────────────────────────────────────────────────────────────────────────────────────────────

class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def fixed(self, n):
        self.at += n
        assert self.at <= len(self.data), "it ends too soon"
        return self.data[self.at - n : self.at]

    def number(self):
        total = shift = 0
        while True:
            byte = self.fixed(1)[0]
            total |= (byte & 127) << shift
            if byte < 128:
                return total
            shift += 7

    def bytes(self):
        return self.fixed(self.number())

    def list(self, read):
        return [read() for _ in range(self.number())]

    def end(self):
        assert self.at == len(self.data), "it goes on too long"


def seal_key(secret):
    return hkdf(secret, b"", b"maillon/1/seal"), hkdf(secret, b"", b"maillon/1/key-id", 16)


def open_seal(secret, about, sealed):
    key, name = seal_key(secret)
    assert sealed[0] == 1 and sealed[1:17] == name, "sealed by another key"
    return xopened(key, sealed[17:41], sealed[41:], sealed[:17] + about)


def identity(kind, data):
    return hashlib.sha256(kind + b"\0" + data).digest()[:16]


def card(data):
    r = Reader(data)
    assert r.fixed(1) == b"\x01"
    found = {"signing": r.fixed(32), "agreement": r.fixed(32), "id": identity(b"maillon/1/device-id", data)}
    r.end()
    return found


def newcomer(r):
    return card(r.bytes()), r.bytes().decode(), r.bytes().decode()


def wrap(r):
    assert r.fixed(1) == b"\x01"
    return {"device": r.fixed(16), "encapsulated": r.fixed(32), "sealed": r.fixed(48)}


def removal(r):
    cuts = r.list(lambda: (r.fixed(16), r.number(), r.fixed(32)))
    return {"cuts": cuts, "epoch": r.fixed(16), "before": r.bytes(), "wraps": r.list(lambda: wrap(r))}


def record(data):
    signed, signature = data[:-64], data[-64:]
    r = Reader(signed)
    assert r.fixed(1) == b"\x01"
    found = {"scope": r.fixed(16), "number": r.number(), "previous": r.fixed(32), "id": hashlib.sha256(signed).digest()}
    found["author"] = r.fixed(16) if r.fixed(1) == b"\0" else "words"
    tag = r.fixed(1)[0]
    if tag == 1:
        found |= {"nonce": r.fixed(16), "kind": r.number(), "recovery": r.fixed(32), "newcomer": newcomer(r)}
        found |= {"epoch": r.fixed(16), "wraps": [wrap(r)]}
        found["scope"] = identity(b"maillon/1/scope-id", signed)
    elif tag == 2:
        found |= {"newcomer": newcomer(r), "wraps": [wrap(r)]}
    elif tag == 3:
        found |= removal(r)
    elif tag == 5:
        found |= {"newcomer": newcomer(r)} | removal(r)
    elif tag == 7:
        found |= {"by": r.fixed(16), "agreement": r.fixed(64)}
    r.end()
    return found, signed, signature


def instant(r):
    unzigzag = lambda n: n >> 1 ^ -(n & 1)
    return unzigzag(r.number()), unzigzag(r.number())


def pack(data):
    r = Reader(data)
    assert r.fixed(1) == b"\x01"
    signed, signature = r.bytes(), r.fixed(64)
    frames = r.list(r.bytes)
    r.end()
    t = Reader(signed)
    found = {"scope": t.fixed(16), "device": t.fixed(16), "number": t.number(), "previous": t.fixed(32)}
    found |= {"at": instant(t), "record": t.fixed(32)}
    found["seen"] = t.list(lambda: (t.fixed(16), t.number(), t.fixed(32)))
    found["rows"] = t.list(lambda: (t.fixed(16), t.fixed(32), t.list(lambda: t.fixed(32))))
    t.end()
    for (_, digest, _), frame in zip(found["rows"], frames, strict=True):
        assert not frame or hashlib.sha256(frame).digest() == digest, "a frame that the table does not answer for"
    return found, signed, signature, frames


def main(path):
    v = {}
    for line in open(path, encoding="utf-8"):
        name, data = line.strip().split(": ")
        v[name] = bytes.fromhex(data)

    secret = v["secret of nadine"]
    nadine = card(v["card of nadine"])
    assert nadine["id"] == v["device id of nadine"]
    assert nadine["signing"] == public_signing(hkdf(secret, b"", b"maillon/1/device-signing"))
    private = hpke_key(hkdf(secret, b"", b"maillon/1/device-agreement"))
    assert nadine["agreement"] == x25519(private, (9).to_bytes(32, "little"))

    names = ["create", "add the phone", "add the neighbour", "remove the neighbour", "take over"]
    records = [record(v[name]) for name in names]
    first = records[0][0]
    assert first["scope"] == v["scope id"]
    words_key = public_signing(hkdf(v["words"], first["nonce"], b"maillon/1/recovery"))
    assert words_key == first["recovery"]
    cards = {found["newcomer"][0]["id"]: found["newcomer"][0] for found, _, _ in records if "newcomer" in found}
    for number, (found, signed, signature) in enumerate(records):
        assert found["number"] == number and found["scope"] in (v["scope id"],)
        assert number == 0 or found["previous"] == records[number - 1][0]["id"]
        key = words_key if found["author"] == "words" else cards[found["author"]]["signing"]
        verify(key, b"maillon/1/record\0" + signed, signature)
    assert records[2][0]["newcomer"][1:] == ("La voisine", "2026-12-31")

    # Nadine's device opens the first epoch's key, and with it the pack.
    info = b"maillon/1/epoch-wrap\0" + first["nonce"]
    epoch = lambda wrap, private, device: hpke_open(private, wrap["encapsulated"], info, device, wrap["sealed"])
    key = epoch(first["wraps"][0], private, nadine["id"])
    uses = [b"packs", b"records", b"documents", b"previous"]
    ids = b"".join(seal_key(hkdf(key, b"", b"maillon/1/epoch-" + use))[1] for use in uses)
    assert ids == v["key ids of the first epoch"] and ids[:16] == first["epoch"] == v["key id of the first epoch"]
    plain = open_seal(hkdf(key, b"", b"maillon/1/epoch-packs"), b"pack" + v["scope id"], v["sealed pack of the first epoch"])
    r = Reader(plain)
    found, signed, signature, frames = pack(r.bytes())
    assert not any(plain[r.at :]), "what pads is zeros"
    verify(nadine["signing"], b"maillon/1/pack\0" + signed, signature)
    assert found["number"] == 1 and found["at"] == (1795000000123, 60)

    # The frame brings its document's key, which opens it.
    document = found["rows"][0][0]
    assert document == v["document id"]
    about = b"frame" + v["scope id"] + document
    r = Reader(frames[0])
    document_key = open_seal(hkdf(key, b"", b"maillon/1/epoch-documents"), about, r.bytes())
    frame = open_seal(document_key, about, frames[0][r.at :])
    assert frame[0] == 0 and zlib.decompress(frame[1:], -15) == v["frame"]

    # The phone has the last epoch's key, which opens the one before, which opens the first.
    phone = records[1][0]["newcomer"][0]
    private = hpke_key(hkdf(v["secret of the phone"], b"", b"maillon/1/device-agreement"))
    over = records[4][0]
    last = epoch(next(w for w in over["wraps"] if w["device"] == phone["id"]), private, phone["id"])
    middle = open_seal(hkdf(last, b"", b"maillon/1/epoch-previous"), first["nonce"], over["before"])
    sealed = records[3][0]["before"]
    assert open_seal(hkdf(middle, b"", b"maillon/1/epoch-previous"), first["nonce"], sealed) == key
    about = b"record" + v["scope id"]
    assert open_seal(hkdf(middle, b"", b"maillon/1/epoch-records"), about, v["sealed take over"]) == v["take over"]

    found, signed, signature, frames = pack(v["pack of the phone"])
    verify(phone["signing"], b"maillon/1/pack\0" + signed, signature)
    assert [seen[:2] for seen in found["seen"]] == [(nadine["id"], 2)] and not frames
    r = Reader(v["have"])
    assert r.fixed(1) == b"\x01" and r.fixed(16) == v["scope id"]
    assert r.list(lambda: r.fixed(16)) == [over["id"][:16]]
    ends = r.list(lambda: (r.fixed(16), r.number(), r.fixed(16)))
    r.end()
    assert {(device, number) for device, number, _ in ends} == {(nadine["id"], 2), (phone["id"], 1)}

    # In a group, whoever signs administers from now on: the third agreed, to that record and to them.
    records = [record(v[name]) for name in ["create the group", "add claire", "add bernard", "succeed"]]
    cards = {found["newcomer"][0]["id"]: found["newcomer"] for found, _, _ in records if "newcomer" in found}
    assert records[0][0]["kind"] == 6
    found, signed, signature = records[3]
    heir, by = cards[found["author"]], cards[found["by"]]
    assert (heir[1], by[1]) == ("Claire", "Bernard")
    verify(heir[0]["signing"], b"maillon/1/record\0" + signed, signature)
    agreed = records[0][0]["scope"] + found["previous"] + found["author"]
    verify(by[0]["signing"], b"maillon/1/succession\0" + agreed, found["agreement"])
    print(v["frame"].decode())


main(sys.argv[1])
