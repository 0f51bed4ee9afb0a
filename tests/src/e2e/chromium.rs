//! Maillon in headless Chromium, served by the same small server as `cargo xtask run --web`.

use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine as _};
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand, WindowHandle};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::printed::Printed;
use super::process::Process;
use super::{Home, Host, Locator, Told, settings};

/// The browser, its driver, and the server of its pages.
pub struct Chromium {
    // Fields are dropped in this order: the browser before its server, its folders last.
    page: Option<Client>,
    driver: Option<Process>,
    server: Option<Process>,
    port: u16,
    web: PathBuf,
    demo: Option<PathBuf>,
    home: Home,
}

impl Chromium {
    /// The address of the page.
    pub fn address(&self) -> String {
        // A browser keeps a notebook by address: the port stays the same when the server comes back.
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// The server is back, at the same address.
    pub fn restore_network(&mut self) -> Told {
        if self.server.is_none() {
            let (server, port) = serve(&self.home, &self.web, self.demo.as_deref(), self.port)?;
            self.server = Some(server);
            self.port = port;
        }
        Ok(())
    }

    /// From now on, the same address gives a newer build, the same but for its version; the browser is told to look.
    pub async fn publish_newer(&mut self) -> Told {
        const SCRIPT: &str = "service-worker.js";
        let newer = self.home.path().join("newer");
        copy_tree(&self.web, &newer)?;
        let script = std::fs::read_to_string(newer.join(SCRIPT))?;
        let renamed = script.replacen("const VERSION = \"", "const VERSION = \"newer-", 1);
        assert_ne!(script, renamed, "the script says its version");
        std::fs::write(newer.join(SCRIPT), renamed)?;
        self.web = newer;
        self.end_server();
        self.restore_network()?;
        let look = "const done = arguments[0];
            navigator.serviceWorker.getRegistration().then((kept) => kept.update()).then(() => done(true))";
        self.page().execute_async(look, vec![]).await?;
        Ok(())
    }

    /// From now on, the same address also gives this backup to a page that asks for the made-up commune.
    pub fn serve_demo(&mut self, backup: PathBuf) -> Told {
        self.demo = Some(backup);
        self.end_server();
        self.restore_network()
    }

    /// No server answers any more, whether or not the browser has its own copy of the program.
    pub fn end_server(&mut self) {
        self.server = None;
    }

    /// Waits until the browser has its own copy of the program.
    pub async fn wait_until_kept(&self) -> Told {
        let done = "const done = arguments[0]; navigator.serviceWorker.ready.then(() => done(true))";
        self.page().execute_async(done, vec![]).await?;
        Ok(())
    }

    /// Starts on an empty page of the program's origin, and gives the address of the worker's script. The program's own
    /// page is closed: it would hold the notebook.
    pub async fn start_quietly(&mut self) -> Told<String> {
        self.start().await?;
        self.wait_until_kept().await?;
        let script = "return new URL(document.querySelector('meta[name=maillon-worker]').content, location).href";
        let script = self.page().execute(script, vec![]).await?;
        let program = self.page().window().await?;
        let quiet = self.another_page().await?;
        self.page().switch_to_window(program).await?;
        self.page().close_window().await?;
        self.page().switch_to_window(quiet).await?;
        Ok(script.as_str().ok_or("the page does not name its worker")?.to_owned())
    }

    /// Opens an empty page of the same origin, and goes to it. Any address would do no better: the browser's copy of the
    /// program answers them all with the program.
    pub async fn another_page(&self) -> Told<WindowHandle> {
        let before = self.page().windows().await?;
        self.page().execute("window.open('about:blank')", vec![]).await?;
        let opened = self.page().windows().await?.into_iter().find(|window| !before.contains(window));
        let opened = opened.ok_or("no page was opened")?;
        self.page().switch_to_window(opened.clone()).await?;
        Ok(opened)
    }

    /// The screen's size in CSS pixels: a phone's or a laptop's.
    pub async fn resize(&self, width: u32, height: u32) -> Told {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.tell_browser("Emulation.setDeviceMetricsOverride", size).await
    }

    /// The theme that the user's system asks for. It asks for no movement either, so that no colour is seen on its way
    /// to another.
    pub async fn prefer_dark(&self, dark: bool) -> Told {
        let value = if dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": value},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]);
        self.tell_browser("Emulation.setEmulatedMedia", json!({ "features": features })).await
    }

    /// Shows the page as it is printed, or as it is on screen again.
    pub async fn show_as_printed(&self, printed: bool) -> Told {
        self.tell_browser("Emulation.setEmulatedMedia", json!({"media": if printed { "print" } else { "" }})).await
    }

    /// The page as a file of its printed pages, in the size that its own styles ask for.
    pub async fn pdf(&self) -> Told<Vec<u8>> {
        let parameters = json!({ "preferCSSPageSize": true });
        let answer = self.page().issue_cmd(Devtools { command: "Page.printToPDF", parameters }).await?;
        Ok(BASE64_STANDARD.decode(answer["data"].as_str().ok_or("nothing was printed")?)?)
    }

    /// The same, kept beside the pictures and read.
    pub async fn prints(&self, name: &str) -> Told<Printed> {
        let pages = self.pdf().await?;
        let folder = settings::pictures();
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.pdf")), &pages)?;
        Ok(Printed::read(&pages))
    }

    /// From now on, files at these addresses do not come, be they of the server or of the browser's copy.
    pub async fn lose(&self, addresses: &[&str]) -> Told {
        self.tell_browser("Network.enable", json!({})).await?;
        self.tell_browser("Network.setBypassServiceWorker", json!({"bypass": !addresses.is_empty()})).await?;
        self.tell_browser("Network.setBlockedURLs", json!({"urls": addresses})).await
    }

    /// Turns the wheel over the middle of the page: so many pixels down, at so many a second.
    pub async fn turn_wheel(&self, pixels: u32, a_second: u32) -> Told {
        let turn = json!({
            "x": 640, "y": 400, "yDistance": -i64::from(pixels), "speed": a_second,
            "gestureSourceType": "mouse", "preventFling": true,
        });
        self.tell_browser("Input.synthesizeScrollGesture", turn).await
    }

    /// How much the browser lets the program keep; none gives back what it had.
    pub async fn allow_bytes(&self, bytes: Option<u64>) -> Told {
        let mut quota = json!({"origin": self.address().trim_end_matches('/')});
        if let Some(bytes) = bytes {
            quota["quotaSize"] = bytes.into();
        }
        self.tell_browser("Storage.overrideQuotaForOrigin", quota).await
    }

    /// What the browser complained of since the last call: refused by the policy, not found, thrown.
    pub async fn complaints(&self) -> Told<Vec<String>> {
        let log = self.page().issue_cmd(Log).await?;
        let entries = log.as_array().cloned().unwrap_or_default();
        Ok(entries
            .iter()
            .filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")))
            .map(|entry| entry["message"].as_str().unwrap_or_default().to_owned())
            .collect())
    }

    async fn tell_browser(&self, command: &'static str, parameters: Value) -> Told {
        self.page().issue_cmd(Devtools { command, parameters }).await?;
        Ok(())
    }
}

impl Host for Chromium {
    const NAME: &'static str = "chromium";

    fn new() -> Told<Self> {
        let home = Home::new()?;
        let web = settings::web();
        let (server, port) = serve(&home, &web, None, 0)?;
        Ok(Self { page: None, driver: None, server: Some(server), port, web, demo: None, home })
    }

    async fn start(&mut self) -> Told {
        let starts = || {
            Process::start_and_hear(
                self.home.command("chromedriver").args(["--port=0", "--log-level=WARNING"]),
                &self.home.log("chromedriver"),
                // "ChromeDriver was started successfully on port 38415."
                |line| line.split_once("successfully on port ")?.1.trim_end_matches('.').parse::<u16>().ok(),
            )
        };
        // It takes a free port of one of the two families of addresses, and ends where the other's is taken.
        let (driver, port) = starts().or_else(|_| starts()).or_else(|_| starts())?;
        self.driver = Some(driver);
        let page = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(&self.home)?)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        page.goto(&self.address()).await?;
        self.page = Some(page);
        self.wait_for(Locator::Css("h1")).await?;
        Ok(())
    }

    async fn close(&mut self) -> Told {
        if let Some(page) = self.page.take() {
            page.close().await?;
        }
        self.driver = None;
        Ok(())
    }

    fn kill(&mut self) {
        self.page = None;
        self.driver = None;
    }

    async fn cut_network(&mut self) -> Told {
        self.wait_until_kept().await?;
        self.end_server();
        Ok(())
    }

    fn page(&self) -> &Client {
        self.page.as_ref().unwrap_or_else(|| panic!("the browser is not open"))
    }

    fn home(&self) -> &Home {
        &self.home
    }

    async fn said(&self) -> Told<Vec<String>> {
        if self.page.is_some() { self.complaints().await } else { Ok(Vec::new()) }
    }

    async fn picture(&self) -> Told<Vec<u8>> {
        let page = self.page.as_ref().ok_or("the browser is not open")?;
        Ok(page.screenshot().await?)
    }
}

fn serve(home: &Home, web: &Path, demo: Option<&Path>, port: u16) -> std::io::Result<(Process, u16)> {
    let mut command = home.command(settings::xtask());
    command.arg("serve").arg(web).args(["--port", &port.to_string()]);
    if let Some(demo) = demo {
        command.arg("--demo").arg(demo);
    }
    Process::start_and_hear(&mut command, &home.log("server"), |line| {
        line.strip_prefix("http://127.0.0.1:")?.split('/').next()?.parse().ok()
    })
}

fn copy_tree(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy_tree(&entry.path(), &copy)?,
            false => drop(std::fs::copy(entry.path(), copy)?),
        }
    }
    Ok(())
}

/// Where its processes share memory: in files on the disk where the place that is meant for it is too small, as in many
/// containers. The argument that is said otherwise is one that is said already.
fn memory_elsewhere() -> &'static str {
    const ENOUGH: u64 = 2 << 30;
    let said = std::process::Command::new("df").args(["-B1", "--output=avail", "/dev/shm"]).output();
    let left = said.ok().and_then(|said| String::from_utf8_lossy(&said.stdout).lines().last()?.trim().parse().ok());
    if left.is_some_and(|left: u64| left >= ENOUGH) { "--disable-sync" } else { "--disable-dev-shm-usage" }
}

/// A browser that asks nobody for anything but the page under test, in French.
fn capabilities(home: &Home) -> Told<Capabilities> {
    let profile = |folder: &Path| format!("--user-data-dir={}", folder.display());
    let capabilities = json!({
        "browserName": "chrome",
        "goog:loggingPrefs": {"browser": "ALL"},
        "goog:chromeOptions": {
            "binary": "/usr/bin/chromium",
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", memory_elsewhere(),
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
                "--no-first-run", "--no-default-browser-check", "--lang=fr-FR", "--window-size=1280,800",
                profile(&home.profile()),
            ],
            "prefs": {
                "download.default_directory": home.downloads(),
                "download.prompt_for_download": false,
                "intl.accept_languages": "fr-FR,fr",
            },
        },
    });
    match capabilities {
        Value::Object(capabilities) => Ok(capabilities),
        _ => Err("capabilities are an object".into()),
    }
}

/// A command of the browser's own, beyond WebDriver.
#[derive(Debug)]
struct Devtools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Devtools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}

/// Asks for the browser's log, and empties it.
#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}
