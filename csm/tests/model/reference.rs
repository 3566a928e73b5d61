//! The reference: what Csm has to do, as simply as it can be said. Lists that are searched and sorted; each operation is told
//! from its beginning to its end. It shares no code with the product.

use crate::common::{Job, SYNC};
use crate::schedule::{Op, Reaction, Schedule, Trace, DEPTH};
use v2gcrypt_types::*;

pub fn trace_of(schedule: &Schedule) -> Vec<Trace> {
    let mut csm = Reference {
        schedule,
        streams: vec![false; schedule.jobs.len()],
        modes: vec![0; schedule.jobs.len()],
        computing: vec![],
        offered: vec![],
        waiting: vec![],
        below: vec![],
        cancelling: vec![],
        discarded: vec![],
        early: vec![],
        due: vec![],
        open_runs: vec![],
        key_calls: 0,
        requests: 0,
        reactions: schedule.reactions.iter(),
        depth: 0,
        trace: vec![],
    };
    for &op in &schedule.ops {
        csm.perform(op, None);
        csm.trace.push(Trace::Active(csm.streams.clone()));
    }
    csm.trace
}

struct Reference<'s> {
    schedule: &'s Schedule,
    /// Jobs whose stream has begun and not ended.
    streams: Vec<bool>,
    /// Operations last asked for.
    modes: Vec<u8>,
    /// Synchronous jobs under way.
    computing: Vec<u32>,
    /// Jobs of which it is undecided whether the driver takes them.
    offered: Vec<u32>,
    /// Jobs in a queue, with the number of their request.
    waiting: Vec<(u32, u64)>,
    /// Jobs that the driver has taken.
    below: Vec<u32>,
    /// Jobs of which it is undecided whether they can be cancelled.
    cancelling: Vec<u32>,
    /// Jobs that will end as cancelled, whatever the driver says.
    discarded: Vec<u32>,
    /// Reports that came while something was undecided.
    early: Vec<(u32, u8)>,
    /// Callbacks that a main function owes.
    due: Vec<(u32, u8)>,
    open_runs: Vec<Run>,
    key_calls: u32,
    requests: u64,
    reactions: std::slice::Iter<'s, Reaction>,
    depth: u32,
    trace: Vec<Trace>,
}

struct Run {
    main: u32,
    /// Queues from which it starts nothing more.
    held: Vec<u32>,
}

impl Reference<'_> {
    fn perform(&mut self, op: Op, this: Option<u32>) {
        match op {
            Op::Request { job, mode } => {
                let code = self.request(job, mode);
                self.trace.push(Trace::Returned(code));
            }
            Op::Cancel { job } => {
                let code = self.cancel(job);
                self.trace.push(Trace::Returned(code));
            }
            Op::Report { job, result } => self.report(job, result),
            Op::ReportThis { result } => {
                if let Some(job) = this {
                    self.report(job, result);
                }
            }
            Op::Main { id } => self.main(id),
            Op::Key { key } => {
                let code = self.key(key);
                self.trace.push(Trace::Returned(code));
            }
        }
    }

    fn request(&mut self, job: u32, mode: u8) -> u8 {
        if self.unknown(job, 0x5D) {
            return E_NOT_OK;
        }
        let mode = if self.job(job).service == CRYPTO_KEYGENERATE { CRYPTO_OPERATIONMODE_SINGLECALL } else { mode };
        if ![1, 2, 3, 4, 6, 7].contains(&mode) {
            return E_NOT_OK;
        }
        if self.in_flight(job) {
            return CRYPTO_E_BUSY;
        }
        let config = self.job(job);
        let streaming = self.streams[job as usize];
        let line = self.line(config.queue);
        if config.processing == SYNC {
            let passed_over = line.first().is_some_and(|&first| self.job(first).priority >= config.priority);
            if passed_over && !streaming {
                return CRYPTO_E_BUSY;
            }
            self.modes[job as usize] = mode;
            self.hold(Some(config.queue));
            self.computing.push(job);
            let code = self.process_below(job);
            remove(&mut self.computing, job);
            self.hold(Some(config.queue));
            if code != CRYPTO_E_BUSY {
                self.settle(job, code);
            }
            return code;
        }
        self.modes[job as usize] = mode;
        self.requests += 1;
        let number = self.requests;
        if streaming || line.is_empty() {
            self.offered.push(job);
            let code = self.process_below(job);
            remove(&mut self.offered, job);
            if code == E_OK {
                self.taken(job);
                return E_OK;
            }
            self.forget_early(job);
            if code != CRYPTO_E_BUSY {
                self.settle(job, code);
                return code;
            }
            if streaming {
                return CRYPTO_E_BUSY;
            }
        }
        if self.line(config.queue).len() as u32 == self.schedule.queues[config.queue as usize].size {
            self.trace.push(Trace::QueueFull);
            return CRYPTO_E_BUSY;
        }
        self.waiting.push((job, number));
        E_OK
    }

    fn cancel(&mut self, job: u32) -> u8 {
        if self.unknown(job, 0x6F) {
            return E_NOT_OK;
        }
        if self.offered.contains(&job) || self.cancelling.contains(&job) {
            return E_NOT_OK;
        }
        if let Some(&(_, result)) = self.due.iter().find(|(due, _)| *due == job) {
            return if result == CRYPTO_E_JOB_CANCELED { E_OK } else { E_NOT_OK };
        }
        if self.computing.contains(&job) {
            let code = self.cancel_below(job);
            return if code == E_OK || code == CRYPTO_E_JOB_CANCELED { code } else { E_NOT_OK };
        }
        if self.waiting.iter().any(|(waiting, _)| *waiting == job) {
            self.leave_line(job);
            self.owe(job, CRYPTO_E_JOB_CANCELED);
            return E_OK;
        }
        if self.discarded.contains(&job) {
            return CRYPTO_E_JOB_CANCELED;
        }
        if self.below.contains(&job) {
            self.cancelling.push(job);
            let code = self.cancel_below(job);
            remove(&mut self.cancelling, job);
            remove(&mut self.below, job);
            return match code {
                E_OK => {
                    self.forget_early(job);
                    self.owe(job, CRYPTO_E_JOB_CANCELED);
                    E_OK
                }
                CRYPTO_E_JOB_CANCELED => {
                    self.discarded.push(job);
                    self.taken(job);
                    CRYPTO_E_JOB_CANCELED
                }
                _ => {
                    self.taken(job);
                    E_NOT_OK
                }
            };
        }
        if self.streams[job as usize] {
            self.cancelling.push(job);
            let code = self.cancel_below(job);
            remove(&mut self.cancelling, job);
            if code != E_OK && code != CRYPTO_E_JOB_CANCELED {
                return E_NOT_OK;
            }
            if self.job(job).processing == SYNC {
                self.settle(job, CRYPTO_E_JOB_CANCELED);
            } else {
                self.owe(job, CRYPTO_E_JOB_CANCELED);
            }
            return code;
        }
        E_OK
    }

    fn report(&mut self, job: u32, result: u8) {
        if self.unknown(job, 0x70) {
            return;
        }
        let undecided = self.offered.contains(&job) || (self.cancelling.contains(&job) && self.below.contains(&job));
        if undecided {
            if !self.early.iter().any(|(early, _)| *early == job) {
                self.early.push((job, result));
            }
        } else if self.below.contains(&job) {
            remove(&mut self.below, job);
            if let Some(result) = self.ends_with(job, result) {
                self.callback(job, result);
            }
        }
    }

    fn main(&mut self, id: u32) {
        if id >= self.schedule.main_functions {
            self.trace.push(Trace::DevelopmentError { api: 0x01, error: 0x04 });
            return;
        }
        if self.open_runs.iter().any(|run| run.main == id) {
            return;
        }
        let queues = self.schedule.queues.iter();
        let mine: Vec<u32> = (0..).zip(queues).filter(|(_, queue)| queue.main_function == id).map(|(queue, _)| queue).collect();
        let with_sync_job = |queue: &u32| self.computing.iter().any(|&job| self.job(job).queue == *queue);
        let held = if self.key_calls > 0 { mine.clone() } else { mine.iter().copied().filter(with_sync_job).collect() };
        self.open_runs.push(Run { main: id, held });
        let my_due = |csm: &Self| csm.due.iter().position(|&(job, _)| mine.contains(&csm.job(job).queue));
        let count = self.due.iter().filter(|&&(job, _)| mine.contains(&self.job(job).queue)).count();
        for _ in 0..count {
            let next = my_due(self).expect("nobody else takes callbacks");
            let (job, result) = self.due.remove(next);
            self.callback(job, result);
        }
        for &queue in &mine {
            for _ in 0..self.line(queue).len() {
                let held = self.open_runs.iter().any(|run| run.main == id && run.held.contains(&queue));
                let Some(&job) = self.line(queue).first() else { break };
                if held {
                    break;
                }
                self.offered.push(job);
                let code = self.process_below(job);
                remove(&mut self.offered, job);
                if code == CRYPTO_E_BUSY {
                    self.forget_early(job);
                    break;
                }
                self.leave_line(job);
                if code == E_OK {
                    self.taken(job);
                } else {
                    self.forget_early(job);
                    self.owe(job, code);
                }
            }
        }
        self.open_runs.retain(|run| run.main != id);
    }

    fn key(&mut self, key: u32) -> u8 {
        if key >= 3 {
            self.trace.push(Trace::DevelopmentError { api: 0x67, error: 0x04 });
            return E_NOT_OK;
        }
        self.hold(None);
        self.key_calls += 1;
        self.trace.push(Trace::KeyBelow { key: 200 + key });
        let code = self.react(None);
        self.key_calls -= 1;
        self.hold(None);
        code
    }

    /// The driver has said yes; perhaps it has already reported.
    fn taken(&mut self, job: u32) {
        match self.early.iter().position(|(early, _)| *early == job) {
            None => self.below.push(job),
            Some(index) => {
                let (_, result) = self.early.remove(index);
                if let Some(result) = self.ends_with(job, result) {
                    self.due.push((job, result));
                }
            }
        }
    }

    /// A job's call has ended: what its callback is told, if it is.
    fn ends_with(&mut self, job: u32, reported: u8) -> Option<u8> {
        let discarded = self.discarded.contains(&job);
        remove(&mut self.discarded, job);
        let result = if discarded { CRYPTO_E_JOB_CANCELED } else { reported };
        self.settle(job, result);
        let finished = self.modes[job as usize] & CRYPTO_OPERATIONMODE_FINISH != 0;
        (result != E_OK || finished || self.job(job).notify_updates).then_some(result)
    }

    fn owe(&mut self, job: u32, result: u8) {
        self.settle(job, result);
        self.due.push((job, result));
    }

    fn settle(&mut self, job: u32, result: u8) {
        self.streams[job as usize] = result == E_OK && self.modes[job as usize] & CRYPTO_OPERATIONMODE_FINISH == 0;
    }

    fn in_flight(&self, job: u32) -> bool {
        let lists = [&self.computing, &self.offered, &self.below, &self.cancelling];
        lists.iter().any(|list| list.contains(&job))
            || self.waiting.iter().any(|(waiting, _)| *waiting == job)
            || self.due.iter().any(|(due, _)| *due == job)
    }

    /// Who waits in a queue: most urgent first, then who came first.
    fn line(&self, queue: u32) -> Vec<u32> {
        let mut line: Vec<_> = self.waiting.iter().filter(|(job, _)| self.job(*job).queue == queue).collect();
        line.sort_by_key(|(job, number)| (std::cmp::Reverse(self.job(*job).priority), *number));
        line.into_iter().map(|(job, _)| *job).collect()
    }

    fn leave_line(&mut self, job: u32) {
        self.waiting.retain(|(waiting, _)| *waiting != job);
    }

    fn forget_early(&mut self, job: u32) {
        self.early.retain(|(early, _)| *early != job);
    }

    /// Runs that are under way start nothing more, from one queue or from any.
    fn hold(&mut self, queue: Option<u32>) {
        for run in &mut self.open_runs {
            match queue {
                Some(queue) => run.held.push(queue),
                None => run.held.extend(0..self.schedule.queues.len() as u32),
            }
        }
    }

    fn process_below(&mut self, job: u32) -> u8 {
        let (mode, active) = (self.modes[job as usize], self.streams[job as usize]);
        self.trace.push(Trace::Process { job, channel: 100 + self.job(job).queue, mode, active });
        self.react(Some(job))
    }

    fn cancel_below(&mut self, job: u32) -> u8 {
        self.trace.push(Trace::CancelBelow { job, channel: 100 + self.job(job).queue });
        self.react(Some(job))
    }

    fn callback(&mut self, job: u32, result: u8) {
        self.trace.push(Trace::Callback { job, result });
        self.react(Some(job));
    }

    fn react(&mut self, this: Option<u32>) -> u8 {
        let Some(reaction) = self.reactions.next() else { return E_OK };
        if self.depth < DEPTH {
            self.depth += 1;
            for &op in &reaction.inside {
                self.perform(op, this);
            }
            self.depth -= 1;
        }
        reaction.code
    }

    fn unknown(&mut self, job: u32, api: u8) -> bool {
        let unknown = job as usize >= self.schedule.jobs.len();
        if unknown {
            self.trace.push(Trace::DevelopmentError { api, error: 0x04 });
        }
        unknown
    }

    fn job(&self, job: u32) -> Job {
        self.schedule.jobs[job as usize]
    }
}

fn remove(list: &mut Vec<u32>, job: u32) {
    list.retain(|&other| other != job);
}
