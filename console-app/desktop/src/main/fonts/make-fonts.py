# Makes the console's fonts of the variable ones of their projects: one static file a weight, digits of one width, the
# characters of European languages, and a family name of their own.
import sys
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x370, 0x3FF), (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203A),
          (0x2070, 0x209C), (0x20A0, 0x20BF), (0x2100, 0x2122), (0x2190, 0x2199), (0x2200, 0x2265), (0x25A0, 0x25CF), (0x2713, 0x2717)]

def make(source, axes, family, style, target):
    font = instancer.instantiateVariableFont(TTFont(source), axes)
    cmap = font.getBestCmap()
    gsub = font['GSUB'].table
    swap = {}
    for record in gsub.FeatureList.FeatureRecord:
        if record.FeatureTag == 'tnum':
            for index in record.Feature.LookupListIndex:
                for table in gsub.LookupList.Lookup[index].SubTable:
                    table = getattr(table, 'ExtSubTable', table)
                    swap.update(getattr(table, 'mapping', {}))
    for table in font['cmap'].tables:
        for code, glyph in list(table.cmap.items()):
            if 0x30 <= code <= 0x39:
                table.cmap[code] = swap.get(glyph, glyph)
    options = subset.Options()
    options.hinting = False
    options.layout_features = ['kern', 'mark', 'mkmk', 'ccmp', 'locl']
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    s = subset.Subsetter(options)
    s.populate(unicodes=[c for a, b in RANGES for c in range(a, b + 1)])
    s.subset(font)
    names = {1: family, 2: style, 3: f'{family} {style}', 4: f'{family} {style}', 6: f'{family.replace(" ", "")}-{style}'}
    for k, v in names.items():
        font['name'].setName(v, k, 3, 1, 0x409)
    for n in (16, 17, 21, 22, 25):
        font['name'].removeNames(nameID=n)
    bold = style == 'Bold'
    font['OS/2'].usWeightClass = 700 if bold else 400
    font['OS/2'].fsSelection = 0x20 if bold else 0x40
    font['head'].macStyle = 1 if bold else 0
    if 'STAT' in font: del font['STAT']
    font['head'].modified = font['head'].created
    font.save(target)

inter, mono, out = sys.argv[1:]
make(inter, {'opsz': 14, 'wght': 400}, 'Heliograph Sans', 'Regular', f'{out}/HeliographSans-Regular.ttf')
make(inter, {'opsz': 14, 'wght': 620}, 'Heliograph Sans', 'Bold', f'{out}/HeliographSans-Bold.ttf')
make(mono, {'wght': 400}, 'Heliograph Mono', 'Regular', f'{out}/HeliographMono-Regular.ttf')
