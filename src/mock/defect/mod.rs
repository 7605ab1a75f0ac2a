//! Deliberate violations: one file and one line of the registry each. No fault, no policy: a legal
//! way to answer is never a defect.

mod arming;
mod behaviour;
mod evidence;
mod stray;

use std::fmt;

pub(super) use arming::ARMINGS;
pub use arming::Arming;
pub(super) use behaviour::{Behaviour, Patience};

use crate::mock::configuration::Configuration;
pub use crate::mock::protocol::Operation;
use crate::mock::server::World;
use crate::mock::server::message::Request;

/// What of an answer, or behind it, a defect changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aspect {
    /// The status code.
    Status,
    /// The headers.
    Header,
    /// The body.
    Body,
    /// When the answer comes.
    Timing,
    /// The jobs themselves; later answers show it.
    State,
}

/// Where a defect comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Provenance {
    /// Real servers were seen to do it.
    Observed,
    /// The documents contradict themselves here, or invite it.
    Doc,
    /// Thought up, as something a real server could do.
    Invented,
}

/// One deliberate violation.
#[derive(Clone, Copy)]
pub struct Defect {
    /// The clause and a slug; never changed once given.
    pub id: &'static str,
    /// What the mock does then.
    pub sentence: &'static str,
    /// The requirements that it breaks.
    pub requirements: &'static [&'static str],
    /// Where it can be seen.
    pub affects: &'static [(Operation, Aspect)],
    /// Where it comes from.
    pub provenance: Provenance,
    /// When it strikes unless something else is said.
    pub arming: Arming,
    behaviour: &'static dyn Behaviour,
}

impl fmt::Debug for Defect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.id)
    }
}

/// The behaviours that strike in this exchange, in the order in which they were armed.
pub(super) fn armed(
    configuration: &Configuration,
    world: &mut World,
    operation: Operation,
) -> Vec<&'static dyn Behaviour> {
    let touching = configuration
        .defects
        .iter()
        .filter(|(defect, _)| defect.affects.iter().any(|(affected, _)| *affected == operation));
    touching
        .filter(|(defect, arming)| {
            arming.strikes(configuration.seed, defect.id, world.count_exchange(defect.id))
        })
        .map(|(defect, _)| defect.behaviour)
        .collect()
}

/// The operation as which a defect serves a path that is not served otherwise.
pub(super) fn reroute(configuration: &Configuration, request: &Request) -> Option<Operation> {
    configuration.defects.iter().find_map(|(defect, _)| defect.behaviour.reroute(request))
}

macro_rules! registry {
    ($($folder:ident { $($name:ident),+ $(,)? })+) => {
        $(mod $folder { $(pub(super) mod $name;)+ })+

        /// Every defect, protocol by protocol and clause by clause.
        pub static DEFECTS: &[Defect] = &[$($($folder::$name::DEFECT),+),+];
    };
}

registry! {
    elma {
        gen_01_any_method_accepted,
        gen_01_status_wants_get,
        gen_04_trailing_slash_accepted,
        gen_04_download_among_tasks,
        gen_05_wants_system_header,
        gen_06_charset_refused,
        gen_07_token_not_known_to_repository,
        gen_09_wants_authorization,
        gen_09_junk_authorization_refused,
        gen_10_code_as_text,
        gen_10_no_envelope,
        gen_10_task_in_a_list,
        gen_11_status_types_swapped,
        gen_12_refusal_says_200,
        gen_12_success_says_400,
        gen_13_text_plain,
        create_01_created_nowhere,
        create_02_missing_task_accepted,
        create_03_unknown_process_accepted,
        create_04_zero_refused,
        create_04_zero_is_the_first,
        create_05_version_ignored,
        create_05_unknown_version_accepted,
        create_06_wants_object,
        create_06_context_not_read,
        create_08_values_as_text,
        create_10_escapes_doubled,
        create_12_id_as_text,
        create_12_no_id,
        create_12_id_of_the_request,
        create_13_id_reuse_under_load,
        create_13_ids_restart_with_each_process,
        create_14_process_name_for_token,
        create_15_system_of_reader,
        create_15_system_of_orchestrator,
        create_16_priority_low,
        create_17_executing_at_once,
        create_18_metrics_before_the_run,
        create_21_created_moves,
        create_21_local_time_as_utc,
        create_23_other_names_in_create,
        create_24_waits_for_end,
        create_25_extra_members_refused,
        status_01_empty_task,
        status_02_wants_text_id,
        status_03_completed_says_201,
        status_04_other_task,
        status_04_other_id,
        status_05_system_changes_with_the_run,
        status_06_priority_in_lower_case,
        status_06_priority_as_number,
        status_07_running,
        status_07_state_in_lower_case,
        status_07_cancelled,
        status_08_goes_backwards,
        status_08_back_to_prepare,
        status_09_leaves_done,
        status_09_error_becomes_done,
        status_09_output_changes_with_each_read,
        status_09_updated_moves_after_done,
        status_10_never_done,
        status_11_failure_as_done,
        status_11_failure_never_ends,
        status_12_bot_while_queued,
        status_12_no_bot,
        status_13_output_as_object,
        status_13_output_is_no_json,
        status_14_fraction_cut,
        status_16_early_output,
        status_16_no_output,
        status_17_log_as_list,
        status_17_no_log,
        status_19_empty_log_on_error,
        status_20_end_before_start,
        status_20_start_before_creation,
        status_20_end_after_update,
        status_20_times_of_no_standard,
        status_22_created_is_the_start,
        status_23_updated_frozen,
        status_23_updated_goes_back,
        status_23_updated_before_created,
        status_25_groups_as_text,
        status_27_status_starts_task,
        status_27_status_creates_task,
        status_27_status_stops_task,
        status_28_stale_read,
        cancel_01_not_served,
        cancel_02_wants_taskid,
        cancel_03_stranger_may_cancel,
        cancel_03_refused_but_done,
        cancel_04_creator_refused,
        cancel_05_no_task_in_answer,
        cancel_06_completed_refused,
        cancel_07_done_becomes_error,
        cancel_07_done_loses_output,
        cancel_07_done_is_updated,
        cancel_08_cancelled_still_runs,
        cancel_09_flickers,
        cancel_10_running_is_corrupted,
        cancel_11_second_cancel_500,
        cancel_12_unknown_id_success,
        cancel_13_racy_cancel,
        dl_01_empty_answer,
        dl_02_wants_id,
        dl_02_id_accepted,
        dl_03_first_file_for_any_name,
        dl_03_empty_file_for_any_name,
        dl_04_envelope_instead_of_file,
        dl_05_newline_translation,
        dl_05_read_as_text,
        dl_05_cut_at_a_mebibyte,
        dl_05_empty_file_not_found,
        dl_06_partial_before_done,
        dl_07_unknown_token_downloads,
        dl_09_path_escape,
        dl_09_path_is_stripped,
        auth_01_no_token_accepted,
        auth_01_no_token_reads,
        auth_01_no_token_downloads,
        auth_01_refused_but_created,
        auth_01_refused_but_cancelled,
        auth_02_any_token_accepted,
        auth_02_any_token_reads,
        auth_03_locked_system_accepted,
    }
    uipath {
        gen_01_wants_folder_header,
        gen_02_any_token_accepted,
        gen_02_no_token_accepted,
        gen_02_scheme_ignored,
        gen_02_redirects_to_login,
        gen_02_refusal_says_200,
        gen_03_refused_call_creates_job,
        gen_06_wrong_verb_accepted,
        gen_06_put_refused,
        gen_06_delete_refused,
        gen_06_get_refused,
        gen_07_wrong_verb_creates,
        gen_08_callmode_ignored,
        gen_08_forget_not_forced,
        gen_08_waiting_not_forced,
        gen_09_always_polled,
        gen_09_always_waits,
        gen_10_query_arguments_lost,
        gen_10_query_mode_ignored,
        gen_10_get_wants_content_type,
        gen_11_arguments_lost,
        gen_11_wants_envelope,
        gen_11_names_in_lower_case,
        gen_11_last_argument_lost,
        gen_12_numbers_as_strings,
        gen_13_callmode_leaks,
        gen_15_holds_until_end,
        gen_19_502_poisons_job,
        gen_19_completion_consumed,
        gen_19_result_consumed,
        gen_21_duplicate_on_create,
        gen_21_duplicate_on_wait,
        gen_21_duplicate_on_output,
        async_01_job_lost,
        async_02_200_instead_of_202,
        async_02_201,
        async_02_303_at_once,
        async_03_no_location,
        async_03_two_locations,
        async_03_unresolvable_location,
        async_03_location_in_body,
        async_03_internal_host,
        async_04_blocks_until_done,
        async_05_shared_status_uri,
        async_08_poll_wants_post,
        async_08_any_method_polls,
        async_09_202_while_running,
        async_09_204_while_running,
        async_09_303_before_done,
        async_09_result_in_running_200,
        async_09_303_to_itself_while_running,
        async_09_poll_blocks,
        async_10_404_while_queued,
        async_10_202_while_queued,
        async_11_200_forever,
        async_11_302_instead_of_303,
        async_11_307_instead_of_303,
        async_11_200_with_result,
        async_11_late,
        async_12_location_back_to_status,
        async_12_no_location,
        async_12_two_locations,
        async_13_output_of_other_job,
        async_13_output_empty,
        async_13_output_redirects,
        async_13_output_says_202,
        async_13_output_not_found,
        async_14_output_as_html,
        async_15_failed_job_404,
        async_15_failed_job_500,
        async_15_failed_job_runs_forever,
        async_15_no_error_in_output,
        async_18_anonymous_status,
        async_18_anonymous_output,
        async_18_any_token_on_status,
        async_18_any_token_on_output,
        async_18_switch_opens_all,
        async_21_status_gone_after_303,
        async_21_target_changes,
        async_22_output_once,
        async_22_output_changes_on_second_read,
        async_23_poll_creates_job,
        async_23_poll_stops_job,
        async_27_202_for_unknown_trigger,
        async_27_202_for_disabled_trigger,
        async_27_202_for_bad_body,
        async_27_location_in_refusal,
        async_27_refused_body_creates_job,
        async_28_any_status_uri_answers,
        async_28_any_output_uri_answers,
        async_28_altered_id_found,
        fnf_01_202,
        fnf_01_204,
        fnf_02_leaks_location,
        fnf_02_leaks_job_id,
        fnf_02_leaks_state,
        fnf_02_gives_output,
        fnf_02_retry_after,
        fnf_03_waits,
        fnf_04_job_dropped,
        fnf_04_job_stays_queued,
        fnf_05_anonymous,
        fnf_06_500_on_job_failure,
        fnf_07_200_for_unknown_trigger,
        fnf_07_200_for_disabled_trigger,
        sync_01_only_post_waits,
        sync_01_job_lost,
        sync_02_never_blocks,
        sync_03_redirects_though_done,
        sync_03_output_missing,
        sync_03_output_wrapped,
        sync_04_released_at_timeout_only,
        sync_05_redirects_on_failure,
        sync_05_no_error_in_answer,
        sync_05_failure_is_an_empty_success,
        sync_06_302,
        sync_06_307_keeps_post,
        sync_06_no_location,
        sync_06_504_at_timeout,
        sync_06_202_at_timeout,
        sync_07_busy_loop,
        sync_09_status_open,
        sync_09_any_token_waits,
        sync_10_setting_ignored,
        sync_11_invoke_open,
        sync_12_bearer_refused,
        sync_13_wait_answers_at_once,
        sync_14_200_empty_on_second_timeout,
        sync_14_location_to_trigger,
        sync_14_gone_on_third_timeout,
        sync_16_extra_output_hop,
        sync_17_200_means_running,
        sync_18_no_cap,
        sync_18_cap_too_early,
        sync_24_cross_wired_waiters,
        sync_24_lost_wakeup,
        sync_24_one_waiter_at_a_time,
        sync_25_disconnect_kills_job,
        sync_27_refusal_is_held,
        sync_27_redirect_for_unknown_trigger,
    }
}

#[cfg(test)]
mod tests;
