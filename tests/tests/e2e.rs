//! What must be true of the real program, in the browser and in its window. See `maillon_tests::e2e`.

use maillon_tests::e2e::{Chromium, Host, Told, axe};
use maillon_tests::{in_both, in_chromium};

in_both!(the_program_opens);
in_chromium!(the_program_opens_with_no_server);

/// The page comes, under a title that says nothing of anyone, and breaks no rule of accessibility.
async fn the_program_opens<H: Host>(host: &mut H) -> Told {
    host.start().await?;
    let heading = host.page().find(maillon_tests::e2e::Locator::Css("h1")).await?;
    assert!(heading.is_displayed().await?);
    assert_eq!(host.page().title().await?, "Maillon");
    host.keep_picture("opens").await?;
    let violations = axe(host.page()).await?;
    assert!(violations.is_empty(), "{violations:#?}");
    Ok(())
}

/// Once loaded, the browser edition needs nobody: not to reload, not to start again after a power cut.
async fn the_program_opens_with_no_server(host: &mut Chromium) -> Told {
    host.start().await?;
    host.wait_until_kept().await?;
    host.cut_network();
    host.page().refresh().await?;
    host.wait_for(maillon_tests::e2e::Locator::Css("h1")).await?;
    host.kill();
    host.start().await?;
    let complaints = host.complaints().await?;
    assert!(complaints.is_empty(), "{complaints:#?}");
    Ok(())
}
