//! Names of files that are paths lead nowhere.

use rstest::rstest;

use super::program::Standalone;

#[rstest]
#[case("../secret.txt")]
#[case("..%2fsecret.txt")]
#[case("/etc/passwd")]
#[case("12.txt/../../secret.txt")]
fn a_file_name_that_is_a_path_leads_nowhere(#[case] name: &str) {
    let mock = Standalone::start("harm_path", &["--clock", "auto"]);
    let system = r#""auth_tkn":"5d5ec66f-357d-4c2d-bbc1-2012278d2361""#;
    let create = format!(r#"{{{system},"task":{{"process":"c39f99de-cb8f-4661-a206-000000000006"}}}}"#);
    let id = serde_json::from_str::<serde_json::Value>(
        &mock.protocol("POST /v1/orchestra/task/create", "", &create).body,
    )
    .unwrap()["task"]["id"]
        .clone();
    mock.steer("POST /jobs/1/complete", "");
    let download = |name: &str| {
        let body = format!(r#"{{{system},"taskid":{id},"filename":"{name}"}}"#);
        mock.protocol("POST /v1/repository/task/download", "", &body).body
    };
    assert_eq!(download("12.txt"), "twelve\r\nlines\n");
    let refused: serde_json::Value = serde_json::from_str(&download(name)).unwrap();
    assert_eq!(refused["status"], 404);
}
