#pragma once

#include "base/time.h"

#include <QString>
#include <QStringList>

#include <cstdint>

namespace vegadesk::desk
{

struct DeskOptions {
    QString dataDirectory;        ///< database, logs and settings; made when missing
    QString venueProgram;         ///< vegadesk-cli; empty: beside the running program
    QString replayFolder;         ///< empty: the generated market
    std::uint64_t seed = 0;       ///< of the venue; 0: from the settings
    double venueSpeed = 0;        ///< 0: from the settings
    double venueRate = 0;         ///< quote events a second; 0: from the settings
    double venueSymbolRate = 5;   ///< of these, of one option a second; 0: no limit
    bool venueSkipsClosedHours = false; ///< its clock jumps from a close to the next open
    QString recordFolder;          ///< store that the chain shown is recorded to; empty: it is not
    base::Nanos recordEvery = std::chrono::minutes(1); ///< of the market's time
    QString watchdogProgram;       ///< vegadesk-watchdog; empty: there is none
    QStringList watchdogArguments; ///< its language, colours and log
    QString keychainService;      ///< under which the system's keychain keeps our keys; empty: it is not used
    base::Instant processStart{}; ///< for the time to the first chain; zero: not measured
};

} // namespace vegadesk::desk
