#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a workbench of jars as Maven has them: assemble.py FOLDER JAR...

Bundles are listed in FOLDER/config.ini with what has to be started early. Jars that are no bundles,
which are those of Batik and what they need, become one: FOLDER/batik.jar.
"""
import os
import re
import sys
import zipfile

# Levels that the launcher of a product would have set.
EARLY = {
    "org.apache.felix.scr": "@1\\:start",
    "org.eclipse.equinox.common": "@2\\:start",
    "org.eclipse.equinox.event": "@2\\:start",
    "org.eclipse.core.runtime": "@start",
}
FRAMEWORK = "org.eclipse.osgi"
LAUNCHER = "org.eclipse.equinox.launcher"


def header(jar, name):
    """A header of a jar's manifest, or an empty text."""
    with zipfile.ZipFile(jar) as archive:
        if "META-INF/MANIFEST.MF" not in archive.namelist():
            return ""
        manifest = archive.read("META-INF/MANIFEST.MF").decode()
    unfolded = re.sub(r"\r?\n ", "", manifest)
    found = re.search(rf"^{name}:\s*(.*?)\r?$", unfolded, re.MULTILINE)
    return found.group(1) if found else ""


def symbolic_name(jar):
    return header(jar, "Bundle-SymbolicName").split(";")[0].strip()


def packages(jar):
    """The packages of a jar, each with the version that its importers ask for."""
    version = re.search(r"-(\d[\d.]*)\.jar$", jar).group(1)
    with zipfile.ZipFile(jar) as archive:
        names = {os.path.dirname(n) for n in archive.namelist() if n.endswith(".class")}
    for name in names - {""}:
        if not name.startswith("META-INF"):
            package = name.replace("/", ".")
            yield package, "1.3.0" if package == "org.w3c.css.sac" else version


def folded(name, value):
    """A line of a manifest, none of whose lines may be longer than 72 bytes."""
    text = f"{name}: {value}"
    lines = [text[:70]] + [" " + text[at:at + 69] for at in range(70, len(text), 69)]
    return "\r\n".join(lines) + "\r\n"


def wrap(jars, to):
    """Makes one bundle of jars that are none."""
    exports = {}
    for jar in jars:
        exports.update(packages(jar))
    manifest = "".join([
        folded("Manifest-Version", "1.0"),
        folded("Bundle-ManifestVersion", "2"),
        folded("Bundle-SymbolicName", "org.apache.batik.css"),
        folded("Bundle-Version", "1.17.0"),
        folded("Bundle-ClassPath", ",".join(os.path.basename(j) for j in jars)),
        folded("Export-Package", ",".join(f'{p};version="{v}"' for p, v in sorted(exports.items()))),
        folded("DynamicImport-Package", "*"),
    ])
    with zipfile.ZipFile(to, "w") as archive:
        archive.writestr("META-INF/MANIFEST.MF", manifest + "\r\n")
        for jar in jars:
            archive.write(jar, os.path.basename(jar))


def main(folder, jars):
    plain = [jar for jar in jars if not symbolic_name(jar)]
    bundles = {symbolic_name(jar): os.path.abspath(jar) for jar in jars if symbolic_name(jar)}
    for needed in (FRAMEWORK, LAUNCHER):
        if needed not in bundles:
            sys.exit(f"assemble: {needed} is not among the jars")
    os.makedirs(folder, exist_ok=True)
    wrapped = os.path.abspath(os.path.join(folder, "batik.jar"))
    wrap(sorted(plain), wrapped)
    bundles["org.apache.batik.css"] = wrapped
    listed = [
        f"reference\\:file\\:{path}{EARLY.get(name, '')}"
        for name, path in sorted(bundles.items())
        if name not in (FRAMEWORK, LAUNCHER)
    ]
    with open(os.path.join(folder, "config.ini"), "w", encoding="utf-8") as config:
        config.write("osgi.bundles=" + ",\\\n  ".join(listed) + "\n")
        config.write("osgi.bundles.defaultStartLevel=4\n")
        config.write(f"osgi.framework=file\\:{bundles[FRAMEWORK]}\n")
        config.write("eclipse.application=org.eclipse.ui.ide.workbench\n")
    print(bundles[LAUNCHER])


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
