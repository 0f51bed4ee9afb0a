//! Maillon in its real window, on a screen of its own (Xvfb), driven by tauri-driver and WebKitWebDriver.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::{Duration, Instant};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use super::process::{self, Process};
use super::{Home, Host, Locator, PATIENCE, Told, settings};

/// The screen, as large as the window opens.
const SCREEN: &str = "1280x800x24";

/// The window, its driver, and the screen that it is on.
pub struct Desktop {
    // Fields are dropped in this order: the window before its screen, its folders last.
    page: Option<Client>,
    driver: Option<Process>,
    display: String,
    _screen: Process,
    home: Home,
}

impl Desktop {
    /// The processes of the program itself: not its driver's.
    fn program(&self) -> Vec<u32> {
        // The system keeps 15 characters of a name.
        let name: String = settings::desktop()
            .file_name()
            .map(|name| name.to_string_lossy().chars().take(15).collect())
            .unwrap_or_default();
        let all = self.driver.as_ref().map(Process::descendants).unwrap_or_default();
        all.into_iter().filter(|id| process::name_of(*id).as_deref() == Some(&name)).collect()
    }

    async fn try_start(&mut self) -> Told<Client> {
        let (port, native) = (free_port()?, free_port()?);
        let mut command = self.home.command(settings::tauri_driver());
        command
            .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            // No assistive technology on this screen: do not wait for them.
            .env("NO_AT_BRIDGE", "1")
            .env("GTK_A11Y", "none")
            // Without a graphics card, composited pages are never painted.
            .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1")
            .env("MAILLON_NOTEBOOK", self.home.notebook())
            // What speaks to others speaks within this computer.
            .env("MAILLON_LISTEN", "127.0.0.1");
        let mut driver = Process::start(&mut command, &self.home.log("tauri-driver"))?;
        for port in [port, native] {
            wait_for_port(port, &mut driver)?;
        }
        self.driver = Some(driver);
        let capabilities = json!({
            "browserName": "wry",
            "tauri:options": {"application": settings::desktop()},
        });
        let Value::Object(capabilities) = capabilities else {
            return Err("capabilities are an object".into());
        };
        let page = tokio::time::timeout(
            PATIENCE,
            ClientBuilder::new(HttpConnector::new())
                .capabilities(capabilities)
                .connect(&format!("http://127.0.0.1:{port}")),
        )
        .await??;
        Ok(page)
    }
}

impl Host for Desktop {
    const NAME: &'static str = "desktop";

    fn new() -> Told<Self> {
        let home = Home::new()?;
        let (screen, display) = Process::start_and_hear(
            home.command("Xvfb").args(["-displayfd", "1", "-screen", "0", SCREEN, "-nolisten", "tcp"]),
            &home.log("xvfb"),
            |line| line.trim().parse::<u32>().ok(),
        )?;
        Ok(Self { page: None, driver: None, display: format!(":{display}"), _screen: screen, home })
    }

    async fn start(&mut self) -> Told {
        let page = self.try_start().await?;
        self.page = Some(page);
        self.wait_for(Locator::Css("h1")).await?;
        Ok(())
    }

    async fn close(&mut self) -> Told {
        if let Some(page) = self.page.take() {
            // The one window gone, the program ends by itself; the driver then ends the session.
            let _ = tokio::time::timeout(PATIENCE, page.close_window()).await;
            let started = Instant::now();
            while !self.program().is_empty() {
                if started.elapsed() > PATIENCE {
                    return Err("the window is closed and the program still runs".into());
                }
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
        self.driver = None;
        Ok(())
    }

    fn kill(&mut self) {
        // The program first: the driver's end would tell it to leave in good order.
        process::kill(&self.program());
        self.page = None;
        self.driver = None;
    }

    fn page(&self) -> &Client {
        self.page.as_ref().unwrap_or_else(|| panic!("the window is not open"))
    }

    fn home(&self) -> &Home {
        &self.home
    }

    /// Of the whole screen: the driver's own picture never comes without a graphics card.
    async fn picture(&self) -> Told<Vec<u8>> {
        let file = self.home.log("screen.png");
        let taken =
            self.home.command("import").args(["-display", &self.display, "-window", "root"]).arg(&file).output()?;
        if !taken.status.success() {
            return Err(format!("no picture: {}", String::from_utf8_lossy(&taken.stderr)).into());
        }
        let picture = std::fs::read(&file)?;
        std::fs::remove_file(&file)?;
        Ok(picture)
    }
}

/// A port that nobody holds now. Another may take it meanwhile: the driver then ends, and says so.
fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn wait_for_port(port: u16, owner: &mut Process) -> Told {
    let started = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if owner.has_ended() || started.elapsed() > PATIENCE {
            return Err(format!("nobody answers on port {port}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
