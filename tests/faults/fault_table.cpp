#include "faults/scenarios.h"

namespace vegadesk::faults
{

const std::vector<FaultRow>& faultTable()
{
    using namespace scenarios;
    static const std::vector<FaultRow> table{
        {1, "connection dropped", {{"sockets drop after message k", socketsDrop, 80}}},
        {2,
         "half-open socket",
         {{"feed half-open", feedIsHalfOpen},
          {"account stream half-open", accountIsHalfOpen},
          {"account stream down", accountStreamIsDown}}},
        {3,
         "token expiry mid-order",
         {{"token expires mid-order", tokenExpires, 40}, {"token is renewed", tokenIsRenewed}}},
        {4,
         "crash between submit and answer",
         {{"program dies", programDies, 60}},
         {"tests/faults/crashes_test.cpp", "tests/venue/venue_restart_test.cpp"}},
        {5,
         "timeout or 5xx after POST",
         {{"place goes wrong", placeGoesWrong, 60},
          {"place arrives very late", placeArrivesVeryLate},
          {"session offline", sessionIsOffline}}},
        {6,
         "duplicate or reordered events",
         {{"notices come anyhow", noticesComeAnyhow, 40}},
         {"tests/faults/interleavings_test.cpp"}},
        {7,
         "partial fills, leg imbalance",
         {{"partial fills", partialFills, 40},
          {"legs fill apart", legsFillApart},
          {"legs meet a cancel", legsMeetCancel, 40}},
         {"tests/execution/order_cancel_test.cpp"}},
        {8, "cancel meets fill", {{"cancel meets fill", cancelMeetsFill, 60}}, {"tests/faults/interleavings_test.cpp"}},
        {9, "429", {{"too many requests", tooManyRequests}}},
        {10, "login failures", {{"login refused", loginIsRefused}}, {"tests/tastytrade/client_login.cpp"}},
        {11,
         "malformed or unknown JSON",
         {{"messages malformed", messagesAreMalformed, 60}},
         {"tests/tastytrade/wire_fuzz.cpp"}},
        {12, "odd quotes", {{"quotes odd", quotesAreOdd}}, {"tests/market/quote_test.cpp"}},
        {13, "stream without some symbols", {{"symbols silent", symbolsAreSilent}}},
        {14,
         "clock skew or jump",
         {{"clock jumps", clockJumps, 40}, {"clock skewed", clockIsSkewed, 40}, {"clocks change", clocksChange}},
         {"tests/tastytrade/client_requests.cpp", "tests/risk/gate_old_figures_test.cpp"}},
        {15, "sleep and resume", {{"computer sleeps", computerSleeps}}},
        {16, "calendar", {{"market closed", marketIsClosed}}, {"tests/market/calendar_test.cpp"}},
        {17, "sandbox reset", {{"account reset", accountIsReset}}},
        {18,
         "id reuse, second instance or session",
         {{"ids not reused", idsAreNotReused}, {"another session", anotherSessionTrades}},
         {"tests/storage/journal_test.cpp"}},
        {19, "manual trades", {{"trades elsewhere", tradesElsewhere}}},
        {20, "assignment overnight", {{"option assigned", optionIsAssigned}}, {"tests/venue/exchange_expiry_test.cpp"}},
        {21,
         "disk full, corrupt journal",
         {{"disk full", diskIsFull}, {"journal damaged", journalIsDamaged, 60}},
         {"tests/storage/journal_damage_test.cpp", "tests/storage/full_disk_test.cpp"}},
        {22,
         "sandbox and live mixed up",
         {{"environments apart", environmentsStayApart}},
         {"tests/tastytrade/client_login.cpp"}},
        {23, "hang", {{"trading thread hangs", threadHangs}}, {"tests/boundaries/boundaries_test.cpp"}},
        {24, "ledger latency", {{"ledger lags", ledgerLags}}},
    };
    return table;
}

} // namespace vegadesk::faults
