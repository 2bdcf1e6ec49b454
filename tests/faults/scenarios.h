#pragma once

#include "faults/scenario.h"

/// One function a scenario; see the table for which row each plays.
namespace vegadesk::faults::scenarios
{

// scenarios_orders.cpp
void tokenExpires(World& world);
void tokenIsRenewed(World& world);
void placeGoesWrong(World& world);
void placeArrivesVeryLate(World& world);
void noticesComeAnyhow(World& world);
void partialFills(World& world);
void legsFillApart(World& world);
void legsMeetCancel(World& world);
void cancelMeetsFill(World& world);
void tooManyRequests(World& world);
void sessionIsOffline(World& world);

// scenarios_streams.cpp
void socketsDrop(World& world);
void feedIsHalfOpen(World& world);
void accountIsHalfOpen(World& world);
void accountStreamIsDown(World& world);
void loginIsRefused(World& world);
void messagesAreMalformed(World& world);
void quotesAreOdd(World& world);
void symbolsAreSilent(World& world);

// scenarios_machine.cpp
void programDies(World& world);
void clockJumps(World& world);
void clockIsSkewed(World& world);
void clocksChange(World& world);
void computerSleeps(World& world);
void marketIsClosed(World& world);
void idsAreNotReused(World& world);
void diskIsFull(World& world);
void journalIsDamaged(World& world);
void threadHangs(World& world);

// scenarios_account.cpp
void accountIsReset(World& world);
void anotherSessionTrades(World& world);
void tradesElsewhere(World& world);
void optionIsAssigned(World& world);
void environmentsStayApart(World& world);
void ledgerLags(World& world);

} // namespace vegadesk::faults::scenarios
