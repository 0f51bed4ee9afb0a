// Writes the cards of ez-vcard: javac -cp ez-vcard.jar:vinnie.jar:. EzVcard.java && java -cp … EzVcard FOLDER
import ezvcard.*;
import ezvcard.io.text.VCardWriter;
import ezvcard.parameter.*;
import ezvcard.property.*;
import java.io.*;
import java.nio.charset.*;
import java.nio.file.*;

public class EzVcard {
    static VCard nurse() {
        VCard card = new VCard();
        StructuredName name = new StructuredName();
        name.setFamily("Tisserol-Brun");
        name.setGiven("Maëlle");
        name.getPrefixes().add("Mme");
        card.setStructuredName(name);
        card.setFormattedName("Maëlle Tisserol-Brun");
        card.setOrganization("Maison de santé du Grand-Vallat", "Pôle infirmier");
        card.addTitle("Infirmière");
        Telephone work = card.addTelephoneNumber("04 65 71 00 01", TelephoneType.WORK, TelephoneType.VOICE);
        work.setGroup("item1");
        card.addExtendedProperty("X-ABLabel", "secrétariat").setGroup("item1");
        card.addTelephoneNumber("06 39 98 00 02", TelephoneType.CELL);
        card.addEmail("maelle@exemple.example", EmailType.WORK);
        Address address = new Address();
        address.setStreetAddress("3, rue du Puits");
        address.setExtendedAddress("La Roussière");
        address.setLocality("Roquebelle-les-Alpilles");
        address.setPostalCode("13999");
        address.getTypes().add(AddressType.WORK);
        card.addAddress(address);
        card.addNote("Passe le mardi ; préfère les messages.\nSonner deux fois, attendre au portail : la cour est longue et le chien, qui n’est pas méchant, arrive toujours avant elle.");
        card.addUrl("https://exemple.example/infirmières?page=2");
        card.setCategories("Réseau", "Soins à domicile");
        card.setUid(new Uid("tisserol-brun-7@exemple.example"));
        card.addExtendedProperty("X-TWITTER", "@personne");
        card.addExtendedProperty("X-MATRIX", "@maelle:exemple.example").setParameter("X-USAGE", "travail");
        return card;
    }

    static VCard pharmacy() {
        VCard card = new VCard();
        card.setKind(Kind.org());
        card.setFormattedName("Pharmacie du Grand-Vallat");
        card.setOrganization("Pharmacie du Grand-Vallat");
        card.setCategories("Pharmacie");
        card.addTelephoneNumber("04 65 71 00 03", TelephoneType.WORK);
        card.setUid(new Uid("urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"));
        return card;
    }

    static VCard group() {
        VCard card = new VCard();
        card.setKind(Kind.group());
        card.setFormattedName("Équipe du mardi");
        card.addMember(new Member("urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"));
        card.addRelated(new Related("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
        return card;
    }

    static void write(Path file, VCardVersion version, Charset charset, VCard... cards) throws IOException {
        try (Writer out = Files.newBufferedWriter(file, charset); VCardWriter writer = new VCardWriter(out, version)) {
            writer.setAddProdId(true);
            writer.setVersionStrict(true);
            for (VCard card : cards) writer.write(card);
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Paths.get(arguments[0]);
        write(folder.resolve("ez-vcard-4.0.vcf"), VCardVersion.V4_0, StandardCharsets.UTF_8, nurse(), pharmacy(), group());
        write(folder.resolve("ez-vcard-3.0.vcf"), VCardVersion.V3_0, StandardCharsets.UTF_8, nurse(), pharmacy());
        VCard old = nurse();
        // What 2.1 cannot write plainly goes out as quoted-printable.
        for (VCardProperty property : old) {
            String text = property instanceof TextProperty ? ((TextProperty) property).getValue() : "é";
            if (text != null && !text.matches("\\p{ASCII}*") || text.contains("\n")) {
                property.getParameters().setEncoding(Encoding.QUOTED_PRINTABLE);
            }
        }
        write(folder.resolve("ez-vcard-2.1.vcf"), VCardVersion.V2_1, StandardCharsets.UTF_8, old);
        write(folder.resolve("ez-vcard-2.1-latin1.vcf"), VCardVersion.V2_1, StandardCharsets.ISO_8859_1, nurse());
    }
}
