#include "cli/interruption.hpp"

namespace cript::cli {

namespace {

volatile std::sig_atomic_t interrupted = 0;

void remember(int) {
    interrupted = 1;
}

}  // namespace

Interruption::Interruption() {
    interrupted = 0;
    struct sigaction action{};
    action.sa_handler = &remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(SIGINT, &action, &former_interrupt_);
    ::sigaction(SIGTERM, &action, &former_end_);
}

Interruption::~Interruption() {
    ::sigaction(SIGINT, &former_interrupt_, nullptr);
    ::sigaction(SIGTERM, &former_end_, nullptr);
}

bool Interruption::happened() {
    return interrupted != 0;
}

}  // namespace cript::cli
