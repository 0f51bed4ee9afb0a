// Makes app/data/communes.txt, the list of communes that the screens search offline.
//
//   npm pack @etalab/decoupage-administratif@6.0.0
//   tar xzf etalab-decoupage-administratif-6.0.0.tgz
//   node xtask/scripts/communes.mjs package > app/data/communes.txt
//
// The format is read by shared/src/domain/communes.rs and described there. Same package, same file: nothing here looks at
// a clock.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = process.argv[2]
if (!folder) {
  console.error('usage: node communes.mjs FOLDER_OF_THE_PACKAGE')
  process.exit(2)
}
const read = name => JSON.parse(readFileSync(join(folder, 'data', name), 'utf8'))
const version = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version

const byCode = (a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0)
const communes = read('communes.json').sort(byCode)
const departements = read('departements.json').sort(byCode)
const groups = read('epci.json').sort(byCode)

const clean = text => {
  if (/[|\n\r]/.test(text)) throw new Error(`a name with a separator: ${text}`)
  return text.trim()
}

const groupOf = new Map()
groups.forEach(group => group.membres.forEach(member => groupOf.set(member.code, group.nom)))

// Former communes, and the districts of Paris, Lyon and Marseille, go under the commune they are part of.
const partsOf = new Map()
for (const part of communes.filter(commune => commune.type !== 'commune-actuelle')) {
  const whole = part.type === 'arrondissement-municipal' ? part.commune : part.chefLieu
  partsOf.set(whole, [...(partsOf.get(whole) ?? []), part])
}

const lines = []
lines.push(`# @etalab/decoupage-administratif ${version}, Licence Ouverte 2.0: INSEE, DGCL, La Poste. See README.md.`)
lines.push('communes 1')

let written = 0
for (const departement of departements) {
  const here = communes.filter(commune => commune.type === 'commune-actuelle' && commune.departement === departement.code)
  if (here.length === 0) continue
  lines.push(`>${departement.code}|${clean(departement.nom)}`)
  // A code, or the end of it where it begins as the département's.
  const short = code => (code.startsWith(departement.code) ? code.slice(departement.code.length) : code)
  const start = departement.code.slice(0, 2)
  const postcodes = commune =>
    (commune.codesPostaux ?? []).map(code => (code.startsWith(start) ? code.slice(2) : code)).join(',')
  // By group, in the order in which the codes meet them: the name of a group is written once in a département.
  const names = [...new Set(here.map(commune => groupOf.get(commune.code) ?? ''))]
  for (const name of names) {
    lines.push(`=${clean(name)}`)
    here.filter(commune => (groupOf.get(commune.code) ?? '') === name).forEach(write)
  }
  function write(commune) {
    const fields = [short(commune.code), clean(commune.nom), postcodes(commune), commune.population ?? '']
    lines.push(fields.join('|').replace(/\|+$/, ''))
    written += 1
    for (const part of partsOf.get(commune.code) ?? []) {
      const mark = part.type === 'arrondissement-municipal' ? '*' : '+'
      const fields = [short(part.code), clean(part.nom), postcodes(part)]
      lines.push(mark + fields.join('|').replace(/\|+$/, ''))
      written += 1
    }
  }
}
if (written !== communes.length) throw new Error(`${communes.length - written} communes of no département or no commune`)
process.stdout.write(lines.join('\n') + '\n')
