//! Takes the screens' wasm apart: the program that opens, and a part for each group of screens that are rarely shown.
//!
//! Which screens are in which part is said in `app/src/pages`; what two parts have in common becomes a file of its own,
//! which is loaded with the first of them. The linker says what needs what (`app/build.rs` asks it to).

use std::path::Path;

use wasm_split_cli_support::{Options, transform};

use crate::shell::{Failure, about, root};
use crate::web::Flavour;

/// The script that loads parts; the program asks for it by this name.
const LOADER: &str = "./parts.js";
/// How it begins a part once its file is there.
const BEGINS: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// How it does since `app/boot/parts.js` is added to it.
const BEGINS_ANYWHERE: &str = "instantiate(src, imports)";
/// A section that only says things, such as names.
const CUSTOM: u8 = 0;
/// The magic number and the version, which every wasm begins with.
const HEADER: usize = 8;

/// Puts the parts of `wasm` and their loader in a folder, and what is left at `program`, for wasm-bindgen to go on with.
/// `script` is the name of the script that wasm-bindgen will write in that folder.
pub fn take_apart(flavour: Flavour, wasm: &Path, script: &str, program: &Path, folder: &Path) -> Result<(), Failure> {
    let whole = about(wasm, std::fs::read(wasm))?;
    let script = format!("./{script}");
    let mut options = Options::new(&whole);
    options.output_dir = folder;
    options.main_out_path = program;
    options.link_name = LOADER;
    options.main_module = &script;
    let parts =
        transform(options).map_err(|error| Failure::new(format!("taking {} apart: {error:#}", wasm.display())))?;
    for part in parts.split_modules {
        if flavour == Flavour::Release {
            let named = about(&part, std::fs::read(&part))?;
            let mute = without_words(&named)
                .ok_or_else(|| Failure::new(format!("{} is not made of sections", part.display())))?;
            about(&part, std::fs::write(&part, mute))?;
        }
    }
    on_any_server(&folder.join(LOADER))
}

/// Has the loader take parts from a server that does not know wasm.
fn on_any_server(loader: &Path) -> Result<(), Failure> {
    let script = about(loader, std::fs::read_to_string(loader))?;
    if !script.contains(BEGINS) {
        return Err(Failure::new(format!("{} no longer says {BEGINS}", loader.display())));
    }
    let added = root().join("app/boot/parts.js");
    let added = about(&added, std::fs::read_to_string(&added))?;
    about(loader, std::fs::write(loader, script.replace(BEGINS, BEGINS_ANYWHERE) + &added))
}

/// A wasm without the sections that nothing runs.
fn without_words(wasm: &[u8]) -> Option<Vec<u8>> {
    let mut kept = wasm.get(..HEADER)?.to_vec();
    let mut rest = &wasm[HEADER..];
    while let [kind, after @ ..] = rest {
        let (length, bytes) = number(after)?;
        let whole = 1 + bytes + length;
        let section = rest.get(..whole)?;
        if *kind != CUSTOM {
            kept.extend_from_slice(section);
        }
        rest = &rest[whole..];
    }
    Some(kept)
}

/// A length as wasm writes it, seven bits at a time, and how many bytes it takes.
fn number(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (at, byte) in bytes.iter().take(5).enumerate() {
        value |= usize::from(byte & 0x7f) << (7 * at);
        if byte & 0x80 == 0 {
            return Some((value, at + 1));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAGIC: &[u8] = b"\0asm\x01\0\0\0";

    #[test]
    fn what_nothing_runs_is_left_out_and_the_rest_is_untouched() {
        let code = [&[10, 0x81, 0x01][..], &[7; 129]].concat();
        let words = [0, 5, 4, b'n', b'a', b'm', b'e'];
        let wasm = [MAGIC, &words, &code, &words].concat();
        assert_eq!(without_words(&wasm), Some([MAGIC, &code].concat()));
    }

    #[test]
    fn a_wasm_cut_short_is_none() {
        assert_eq!(without_words(&MAGIC[..4]), None);
        assert_eq!(without_words(&[MAGIC, &[10, 3, 1]].concat()), None);
        assert_eq!(without_words(&[MAGIC, &[10, 0x80]].concat()), None);
    }
}
