"""Cut the typefaces that papers are printed in from Debian's font packages, and write them into the tree.

    apt-get download fonts-noto-cjk fonts-lxgw-wenkai fonts-liberation2 texlive-lang-chinese
    python scripts/make_paper_faces.py FOLDER_WITH_THE_PACKAGES

Needs `dpkg-deb` and fontTools (among the tests' packages), takes some minutes, and rewrites
`src/fenghuo/core/paper/faces` with its `manifest.toml`. `--check` only compares the files with the manifest.

FandolFang and Liberation Serif are kept as they were released. The others are cut to GB 2312 and what
FandolFang holds (near the 8,105 signs of the general standard); the Hei also holds all of GBK, so that a
rare sign missing elsewhere is printed in it and never lost. LXGW WenKai, which is nearer to the Fangsong, also
holds the signs of everyday words that FandolFang lacks (瞭望). It is renamed, as its reserved name asks.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

FACES = Path(__file__).resolve().parent.parent / "src/fenghuo/core/paper/faces"
WORDS = FACES.parent / "check/words/words.txt.gz"
NOTO = "usr/share/fonts/opentype/noto"
FANG = "usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf"
LATIN = ("usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
         "usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf")  # fmt: skip
PACKAGES = {
    "fang.otf": ("FandolFang 0.3", "GPL-3.0 with font exception", "texlive-lang-chinese"),
    "kai.ttf": ("LXGW WenKai 1.250, cut and renamed", "OFL-1.1", "fonts-lxgw-wenkai"),
    "hei.otf": ("Noto Sans CJK SC 2.004, cut", "OFL-1.1", "fonts-noto-cjk"),
    "song.otf": ("Noto Serif CJK SC 2.001, cut", "OFL-1.1", "fonts-noto-cjk"),
    "title.otf": ("Noto Serif CJK SC Bold 2.001, cut", "OFL-1.1", "fonts-noto-cjk"),
    "latin.ttf": ("Liberation Serif 2.1.5", "OFL-1.1", "fonts-liberation2"),
    "latin-bold.ttf": ("Liberation Serif Bold 2.1.5", "OFL-1.1", "fonts-liberation2"),
}
# Signs of the 8,105 outside the main block.
BEYOND = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇"
    "𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢"
)


def encoded(codec: str) -> set[int]:
    """The signs beyond ASCII that a double-byte code holds."""
    pairs = (bytes((high, low)) for high in range(0x81, 0xFF) for low in range(0x40, 0xFF))
    return {ord(sign) for pair in pairs for sign in pair.decode(codec, "ignore") if ord(sign) > 127}


def of_words() -> set[int]:
    """The signs that the checker's list of words is written with."""
    return {ord(sign) for sign in gzip.decompress(WORDS.read_bytes()).decode() if ord(sign) > 0x3000}


def cut(source: Path, target: Path, signs: set[int], *, collection: bool = True, name: str = "") -> None:
    """Write the font with these signs only, without what horizontal text does not need."""
    from fontTools import subset
    from fontTools.ttLib import TTCollection, TTFont

    if collection:
        faces = [str(font["name"].getDebugName(1)) for font in TTCollection(source).fonts]
        number = next(at for at, face in enumerate(faces) if face.endswith("CJK SC") and "Mono" not in face)
        font = TTFont(source, fontNumber=number)
    else:
        font = TTFont(source)
    options = subset.Options(
        layout_features=["kern", "liga", "ccmp", "locl", "mark", "mkmk"],
        hinting=False,
        name_IDs=["*"],
        notdef_outline=True,
    )
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=signs)
    subsetter.subset(font)
    if name:
        for record in list(font["name"].names):
            if record.nameID in (1, 4, 16):
                font["name"].setName(name, record.nameID, record.platformID, record.platEncID, record.langID)
            elif record.nameID in (3, 6):
                font["name"].setName(
                    name.replace(" ", ""), record.nameID, record.platformID, record.platEncID, record.langID
                )
    font.save(target)


def make(packages: Path) -> None:
    from fontTools.ttLib import TTFont

    FACES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for package in {package for *_, package in PACKAGES.values()}:
            deb = next(packages.glob(f"{package}_*.deb"))
            subprocess.run(["dpkg-deb", "--extract", str(deb), folder], check=True)
        shutil.copyfile(root / FANG, FACES / "fang.otf")
        shutil.copyfile(root / LATIN[0], FACES / "latin.ttf")
        shutil.copyfile(root / LATIN[1], FACES / "latin-bold.ttf")
        symbols = {
            *range(0x20, 0x180),
            *range(0x2000, 0x2070),
            *range(0x2100, 0x2300),
            *range(0x2460, 0x2500),
        }
        symbols |= {*range(0x25A0, 0x2700), *range(0x3000, 0x3040), *range(0xFF00, 0xFFF0)}
        general = symbols | encoded("gb2312") | set(TTFont(root / FANG).getBestCmap())
        # Narrow in these faces; the Fangsong's stand in, as wide as a sign.
        narrow = {ord(sign) for sign in "“”‘’—…·"}
        wenkai = root / "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf"
        cut(wenkai, FACES / "kai.ttf", (general | of_words()) - narrow, collection=False, name="Fenghuo Kai")
        rare = {*encoded("gbk"), *map(ord, BEYOND), *range(0x2A700, 0x31350)}
        cut(root / NOTO / "NotoSansCJK-Regular.ttc", FACES / "hei.otf", general | rare)
        cut(root / NOTO / "NotoSerifCJK-Bold.ttc", FACES / "title.otf", general - narrow)
        cut(root / NOTO / "NotoSerifCJK-Regular.ttc", FACES / "song.otf", set(range(0x20, 0x7F)) | {0x2014})
    lines = ["# Written by scripts/make_paper_faces.py.\n"]
    for file, (what, licence, package) in PACKAGES.items():
        lines.append(
            f'\n[[face]]\nfile = "{file}"\nfrom = "{what}"\nlicence = "{licence}"\n'
            f'package = "{package}"\nsha256 = "{digest(FACES / file)}"\n'
        )
    (FACES / "manifest.toml").write_text("".join(lines), encoding="utf-8")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check() -> list[str]:
    """The names of files that are missing or differ from the manifest."""
    faces = tomllib.loads((FACES / "manifest.toml").read_text(encoding="utf-8"))["face"]
    return [
        face["file"]
        for face in faces
        if not (FACES / face["file"]).is_file() or digest(FACES / face["file"]) != face["sha256"]
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="?", type=Path, help="the folder that holds the .deb files")
    parser.add_argument("--check", action="store_true", help="only compare the files with their hashes")
    chosen = parser.parse_args()
    if not chosen.check:
        if chosen.packages is None:
            parser.error("name the folder that holds the .deb files, or give --check")
        make(chosen.packages)
    wrong = check()
    for file in wrong:
        print(f"{file} is missing or differs from the manifest: run this script again, or restore the file")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
