/** Writes `lantern-VERSION-py3-none-any.whl`; no build backend is needed for three text files. */
export const packWheel = `
import sys, zipfile
version = sys.argv[1]
info = f'lantern-{version}.dist-info'
with zipfile.ZipFile(f'lantern-{version}-py3-none-any.whl', 'w') as wheel:
    def write(name, text):
        wheel.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    write('lantern.py', f'version = "{version}"\\n')
    write(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: lantern\\nVersion: {version}\\n')
    write(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    write(f'{info}/RECORD', f'lantern.py,,\\n{info}/METADATA,,\\n{info}/WHEEL,,\\n{info}/RECORD,,\\n')
`;
