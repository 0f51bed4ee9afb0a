// Writes the cards of vcf and vcards-js: npm install vcf vcards-js && node cards.js FOLDER
const fs = require('fs')
const VCard = require('vcf')
const folder = process.argv[2]

for (const version of ['2.1', '3.0', '4.0']) {
  const card = new VCard()
  card.set('fn', 'Maëlle Tisserol-Brun')
  card.set('n', 'Tisserol-Brun;Maëlle;;Mme;')
  card.set('org', 'Maison de santé du Grand-Vallat;Pôle infirmier')
  card.set('title', 'Infirmière')
  card.add('tel', '04 65 71 00 01', { type: ['work'], group: 'item1' })
  card.add('xAbLabel', 'secrétariat', { group: 'item1' })
  card.add('tel', '06 39 98 00 02', { type: ['cell'] })
  card.set('email', 'maelle@exemple.example')
  card.set('adr', ';La Roussière;3\\, rue du Puits;Roquebelle-les-Alpilles;;13999;', { type: ['work'] })
  card.set('note', 'Passe le mardi\\; préfère les messages.\\nSonner deux fois, attendre au portail : la cour est longue et le chien arrive toujours avant elle.')
  card.set('xTwitter', '@personne')
  fs.writeFileSync(`${folder}/vcf-${version}.vcf`, card.toString(version))
}

const contact = require('vcards-js')()
contact.firstName = 'Maëlle'
contact.lastName = 'Tisserol-Brun'
contact.namePrefix = 'Mme'
contact.organization = 'Maison de santé du Grand-Vallat'
contact.title = 'Infirmière'
contact.workPhone = '04 65 71 00 01'
contact.cellPhone = '06 39 98 00 02'
contact.workEmail = 'maelle@exemple.example'
contact.workAddress.street = '3, rue du Puits'
contact.workAddress.city = 'Roquebelle-les-Alpilles'
contact.workAddress.postalCode = '13999'
contact.note = 'Passe le mardi ; préfère les messages.'
contact.uid = 'tisserol-brun-7@exemple.example'
contact.socialUrls.mastodon = 'https://exemple.example/@personne'
fs.writeFileSync(`${folder}/vcards-js-3.0.vcf`, contact.getFormattedString())
