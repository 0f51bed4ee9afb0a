//! What the arguments say. Nothing is opened or asked here.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use lexopt::{Arg, Parser, ValueExt};
use maillon_shared::api::requests::{ExportFormat, ImportTarget};
use maillon_shared::api::sharing::Company;
use maillon_shared::domain::encounter::EncounterKind;
use maillon_shared::domain::ids::PersonId;
use maillon_shared::domain::settings::SettingsField;
use maillon_shared::text::language::Language;

use super::problem::Problem;
use super::secret::SecretSource;

/// Everything that was given.
pub(super) struct Arguments {
    pub notebook: Option<PathBuf>,
    pub secret: SecretSource,
    pub language: Option<Language>,
    pub json: bool,
    pub command: Command,
}

/// What to do.
#[derive(Debug, PartialEq)]
pub(super) enum Command {
    Help,
    Version,
    Status,
    Create {
        settings: Vec<(SettingsField, String)>,
    },
    /// A mairie's notebook, for ever.
    CreateMairie {
        settings: Vec<(SettingsField, String)>,
    },
    ChangePassphrase {
        new: Option<PathBuf>,
    },
    List(Listed),
    Today,
    Search {
        words: Option<String>,
        limit: u16,
    },
    AddPerson,
    Note {
        person: PersonId,
        kind: EncounterKind,
        next: Option<NaiveDate>,
    },
    Import {
        into: ImportTarget,
        file: PathBuf,
        only_look: bool,
    },
    ImportAddresses {
        file: PathBuf,
        communes: Vec<String>,
        only_look: bool,
    },
    Export {
        format: ExportFormat,
        output: Option<PathBuf>,
    },
    Verify,
    Backup {
        file: PathBuf,
    },
    Restore {
        file: PathBuf,
    },
    /// In a mairie's notebook: what a coordinator published.
    Receive {
        file: PathBuf,
        compared: Option<String>,
    },
    Share(Sharing),
}

/// What to do with the devices that share the notebook.
#[derive(Debug, PartialEq)]
pub(super) enum Sharing {
    Status,
    Name(String),
    /// How far the exchanges are, and what was set aside.
    Exchanges,
    /// What was set aside under that id is taken up.
    TakeUp(String),
    /// What was set aside under that id is let go.
    LetGo(String),
    /// This folder was copied: this device becomes another.
    BecomeAnother(String),
    /// The neighbouring coordinators.
    Neighbours,
    /// The groups of coordinators.
    Groups,
    /// A group begins.
    Found {
        name: String,
        asked: Vec<String>,
    },
    /// This coordinator comes to a group, or leaves it.
    Answer {
        group: String,
        comes: bool,
    },
    Card {
        company: Company,
        file: PathBuf,
    },
    Add {
        company: Company,
        card: PathBuf,
        compared: Option<String>,
    },
    Remove(String),
    Make {
        device: String,
        file: PathBuf,
    },
    Open {
        company: Company,
        file: PathBuf,
        compared: Option<String>,
    },
    Meet {
        folder: Option<PathBuf>,
        group: Option<String>,
    },
    /// Whether this device talks on networks.
    Talks(bool),
    /// Talks for so many seconds.
    Talk(u64),
    /// With the words in that file.
    TakeOver(PathBuf),
    Invite(Company),
    Join {
        company: Company,
        code: Option<String>,
    },
}

/// What to list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Listed {
    People,
    Directory,
}

const FLAGS: [&str; 8] = ["help", "version", "json", "preview", "people", "register", "addresses", "neighbour"];
const WITH_VALUE: [&str; 15] = [
    "notebook",
    "passphrase-file",
    "words-file",
    "new-passphrase-file",
    "lang",
    "set",
    "limit",
    "kind",
    "next",
    "format",
    "output",
    "commune",
    "compared",
    "folder",
    "group",
];

/// Reads arguments, the program's name left out.
pub(super) fn read(arguments: impl IntoIterator<Item = impl Into<OsString>>) -> Result<Arguments, Problem> {
    let mut given = Given::collect(Parser::from_args(arguments.into_iter().map(Into::into)))?;
    let help = given.flag("help");
    let version = given.flag("version");
    let arguments = Arguments {
        notebook: given.value("notebook").map(PathBuf::from),
        secret: SecretSource {
            passphrase: given.value("passphrase-file").map(PathBuf::from),
            words: given.value("words-file").map(PathBuf::from),
        },
        language: given.text("lang")?.map(|tag| Language::parse(&tag).ok_or(Problem::BadValue("lang"))).transpose()?,
        json: given.flag("json"),
        command: match (help, version) {
            (true, _) => Command::Help,
            (false, true) => Command::Version,
            (false, false) => given.command()?,
        },
    };
    // Whatever nobody took does not go with this command: better said than ignored.
    match given.options.first() {
        Some((name, _)) if !help && !version => Err(Problem::OptionNotHere(name)),
        _ => Ok(arguments),
    }
}

/// Options and operands in the order in which they came; whoever reads one takes it away.
struct Given {
    options: Vec<(&'static str, OsString)>,
    operands: std::vec::IntoIter<OsString>,
}

impl Given {
    fn collect(mut parser: Parser) -> Result<Given, Problem> {
        let (mut options, mut operands) = (Vec::new(), Vec::new());
        while let Some(argument) = parser.next().map_err(bad_option)? {
            let name = match argument {
                Arg::Value(operand) => {
                    operands.push(operand);
                    continue;
                }
                Arg::Short('h') => "help",
                Arg::Short('V') => "version",
                Arg::Short('o') => "output",
                Arg::Short(other) => return Err(Problem::UnknownOption(format!("-{other}"))),
                Arg::Long(name) => *FLAGS
                    .iter()
                    .chain(&WITH_VALUE)
                    .find(|known| **known == name)
                    .ok_or_else(|| Problem::UnknownOption(format!("--{name}")))?,
            };
            let value = if FLAGS.contains(&name) {
                OsString::new()
            } else {
                parser.value().map_err(|_| Problem::OptionLacksValue(name))?
            };
            options.push((name, value));
        }
        Ok(Given { options, operands: operands.into_iter() })
    }

    fn value(&mut self, name: &str) -> Option<OsString> {
        let place = self.options.iter().position(|(given, _)| *given == name)?;
        Some(self.options.remove(place).1)
    }

    fn flag(&mut self, name: &str) -> bool {
        self.value(name).is_some()
    }

    fn text(&mut self, name: &'static str) -> Result<Option<String>, Problem> {
        self.value(name).map(|value| value.string().map_err(|_| Problem::BadValue(name))).transpose()
    }

    fn parsed<T>(&mut self, name: &'static str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, Problem> {
        self.text(name)?.map(|text| parse(&text).ok_or(Problem::BadValue(name))).transpose()
    }

    fn operand(&mut self, what: &'static str) -> Result<OsString, Problem> {
        self.operands.next().ok_or(Problem::Lacks(what))
    }

    fn named(&mut self, what: &'static str) -> Result<String, Problem> {
        self.operand(what)?.string().map_err(|_| Problem::BadValue(what))
    }

    fn command(&mut self) -> Result<Command, Problem> {
        let Some(name) = self.operands.next() else { return Err(Problem::NoCommand) };
        let command = match name.to_string_lossy().as_ref() {
            "help" => Command::Help,
            "version" => Command::Version,
            "status" => Command::Status,
            "create" => Command::Create { settings: self.settings()? },
            "create-mairie" => Command::CreateMairie { settings: self.settings()? },
            "receive" => Command::Receive { file: self.operand("FILE")?.into(), compared: self.text("compared")? },
            "change-passphrase" => {
                Command::ChangePassphrase { new: self.value("new-passphrase-file").map(PathBuf::from) }
            }
            "list" => Command::List(match self.operands.next() {
                None => Listed::People,
                Some(what) if what == "people" => Listed::People,
                Some(what) if what == "directory" => Listed::Directory,
                Some(_) => return Err(Problem::BadValue("list")),
            }),
            "today" => Command::Today,
            "search" => Command::Search {
                limit: self.parsed("limit", |text| text.parse().ok())?.unwrap_or(20),
                words: self.words()?,
            },
            "add-person" => Command::AddPerson,
            "note" => Command::Note {
                person: PersonId::parse(&self.operand("PERSON")?.to_string_lossy())
                    .ok_or(Problem::BadValue("PERSON"))?,
                kind: self.parsed("kind", kind)?.unwrap_or(EncounterKind::HomeVisit),
                next: self.parsed("next", |day| day.parse().ok())?,
            },
            "import" if self.flag("addresses") => Command::ImportAddresses {
                communes: self.communes()?,
                file: self.operand("FILE")?.into(),
                only_look: self.flag("preview"),
            },
            "import" => Command::Import {
                into: match (self.flag("people"), self.flag("register")) {
                    (false, false) => ImportTarget::Directory,
                    (true, false) => ImportTarget::People,
                    (false, true) => ImportTarget::Register,
                    // A file goes to one place.
                    (true, true) => return Err(Problem::OptionNotHere("register")),
                },
                file: self.operand("FILE")?.into(),
                only_look: self.flag("preview"),
            },
            "export" => Command::Export {
                format: self.parsed("format", format)?.unwrap_or(ExportFormat::Csv),
                output: self.value("output").map(PathBuf::from),
            },
            "verify" => Command::Verify,
            "backup" => Command::Backup { file: self.operand("FILE")?.into() },
            "restore" => Command::Restore { file: self.operand("FILE")?.into() },
            "devices" => Command::Share(Sharing::Status),
            "name-device" => Command::Share(Sharing::Name(self.named("NAME")?)),
            "exchanges" => Command::Share(Sharing::Exchanges),
            "take-up" => Command::Share(Sharing::TakeUp(self.named("ID")?)),
            "let-go" => Command::Share(Sharing::LetGo(self.named("ID")?)),
            "become-another" => Command::Share(Sharing::BecomeAnother(self.named("NAME")?)),
            "neighbours" => Command::Share(Sharing::Neighbours),
            "groups" => Command::Share(Sharing::Groups),
            "found-group" => {
                let name = self.named("NAME")?;
                let asked = std::iter::from_fn(|| self.operands.next());
                let asked = asked.map(|one| one.string().map_err(|_| Problem::BadValue("NEIGHBOUR")));
                Command::Share(Sharing::Found { name, asked: asked.collect::<Result<_, _>>()? })
            }
            "join-group" => Command::Share(Sharing::Answer { group: self.named("GROUP")?, comes: true }),
            "leave-group" => Command::Share(Sharing::Answer { group: self.named("GROUP")?, comes: false }),
            "card" => Command::Share(Sharing::Card { company: self.company(), file: self.operand("FILE")?.into() }),
            "add-device" => self.add(Company::Own)?,
            "add-neighbour" => self.add(Company::Neighbour)?,
            "remove-device" => Command::Share(Sharing::Remove(self.named("DEVICE")?)),
            "courier" => {
                Command::Share(Sharing::Make { device: self.named("DEVICE")?, file: self.operand("FILE")?.into() })
            }
            "open-courier" => Command::Share(Sharing::Open {
                company: self.company(),
                file: self.operand("FILE")?.into(),
                compared: self.text("compared")?,
            }),
            "meet" => Command::Share(Sharing::Meet {
                folder: self.value("folder").map(PathBuf::from),
                group: self.text("group")?,
            }),
            "talk" => Command::Share(match self.named("on|off|SECONDS")?.as_str() {
                "on" => Sharing::Talks(true),
                "off" => Sharing::Talks(false),
                seconds => Sharing::Talk(seconds.parse().map_err(|_| Problem::BadValue("on|off|SECONDS"))?),
            }),
            "take-over" => Command::Share(Sharing::TakeOver(self.operand("FILE")?.into())),
            "invite" => Command::Share(Sharing::Invite(self.company())),
            "join" => {
                let code = self.operands.next().map(|code| code.string().map_err(|_| Problem::BadValue("CODE")));
                Command::Share(Sharing::Join { company: self.company(), code: code.transpose()? })
            }
            other => return Err(Problem::UnknownCommand(other.to_owned())),
        };
        match self.operands.next() {
            Some(_) => Err(Problem::TooMany),
            None => Ok(command),
        }
    }

    /// Whose device is meant.
    fn company(&mut self) -> Company {
        if self.flag("neighbour") { Company::Neighbour } else { Company::Own }
    }

    fn add(&mut self, company: Company) -> Result<Command, Problem> {
        let (card, compared) = (self.operand("CARD")?.into(), self.text("compared")?);
        Ok(Command::Share(Sharing::Add { company, card, compared }))
    }

    /// Every `--set field=value`.
    fn settings(&mut self) -> Result<Vec<(SettingsField, String)>, Problem> {
        let mut settings = Vec::new();
        while let Some(setting) = self.text("set")? {
            let setting = setting
                .split_once('=')
                .and_then(|(field, value)| Some((SettingsField::from_code(field.trim())?, value.trim().to_owned())));
            settings.push(setting.ok_or(Problem::BadValue("set"))?);
        }
        Ok(settings)
    }

    /// Every `--commune CODE`.
    fn communes(&mut self) -> Result<Vec<String>, Problem> {
        let mut communes = Vec::new();
        while let Some(code) = self.text("commune")? {
            communes.push(code.trim().to_uppercase());
        }
        Ok(communes)
    }

    /// The words to search; none where they come from standard input.
    fn words(&mut self) -> Result<Option<String>, Problem> {
        let words: Vec<String> = self.operands.by_ref().map(|word| word.to_string_lossy().into_owned()).collect();
        match words.join(" ") {
            dash if dash == "-" => Ok(None),
            nothing if nothing.trim().is_empty() => Err(Problem::Lacks("WORDS")),
            words => Ok(Some(words)),
        }
    }
}

fn bad_option(error: lexopt::Error) -> Problem {
    match error {
        // `--json=yes`
        lexopt::Error::UnexpectedValue { option, .. } => Problem::UnknownOption(format!("{option}=")),
        other => Problem::UnknownOption(other.to_string()),
    }
}

fn kind(code: &str) -> Option<EncounterKind> {
    Some(EncounterKind::from_code(code)).filter(|kind| !matches!(kind, EncounterKind::Unknown(_)))
}

fn format(code: &str) -> Option<ExportFormat> {
    match code {
        "csv" => Some(ExportFormat::Csv),
        "vcard" => Some(ExportFormat::VCard),
        "data-inclusion" => Some(ExportFormat::DataInclusion),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test says what is wrong by failing")]

    use super::*;

    fn command(line: &str) -> Result<Command, u8> {
        read(line.split_whitespace()).map(|given| given.command).map_err(|problem| problem.exit_code())
    }

    #[test]
    fn options_may_stand_anywhere() {
        let given = read(["search", "--limit", "3", "martin", "--json", "--notebook=/n", "arles"]).unwrap();
        assert!(given.json);
        assert_eq!(given.notebook, Some("/n".into()));
        assert_eq!(given.command, Command::Search { words: Some("martin arles".into()), limit: 3 });
    }

    #[test]
    fn what_is_not_understood_is_said_rather_than_ignored() {
        for line in [
            "",
            "destroy",
            "list everything",
            "list --frobnicate",
            "list --format csv",
            "list --people",
            "list people directory",
            "search",
            "search --limit many x",
            "import",
            "import a b",
            "import --commune 13998 a",
            "import --addresses",
            "import --addresses --people a",
            "export --format xlsx",
            "create --set commune",
            "create --set colour=red",
            "note 12",
            "note --kind exam 00000000000000000000000000000001",
            "backup --output",
            "card",
            "receive",
            "receive a b",
            "courier phone",
            "open-courier a b",
            "add-device",
            "add-neighbour",
            "neighbours claire",
            "list --neighbour",
            "meet --compared words",
            "status --lang de",
            "status --json=yes",
            "-x",
        ] {
            assert_eq!(command(line), Err(1), "{line}");
        }
    }

    #[test]
    fn several_communes_may_be_said() {
        let given = command("import --addresses adresses-2A.csv.gz --commune 2a004 --commune 2A005");
        let communes = vec!["2A004".into(), "2A005".into()];
        let expected = Command::ImportAddresses { file: "adresses-2A.csv.gz".into(), communes, only_look: false };
        assert_eq!(given, Ok(expected));
    }

    #[test]
    fn help_is_given_whatever_else_is_there() {
        assert_eq!(command("--help import"), Ok(Command::Help));
        assert_eq!(command("import --preview -h"), Ok(Command::Help));
    }

    #[test]
    fn words_that_name_someone_can_come_from_standard_input() {
        assert_eq!(command("search -"), Ok(Command::Search { words: None, limit: 20 }));
    }
}
