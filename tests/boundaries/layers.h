#pragma once

#include <QString>
#include <QStringList>

#include <map>

namespace vegadesk::tests
{

/// Rows of the table in docs/architecture.md: what a folder of core/ may include besides itself and base.
inline const std::map<QString, QStringList>& layers()
{
    static const std::map<QString, QStringList> table = [] {
        const QStringList upToTrading{"market", "pricing", "portfolio", "risk", "strategies", "execution"};
        const QStringList upToBacktest = upToTrading + QStringList{"history", "trading"};
        std::map<QString, QStringList> rows{
            {"base", {}},
            {"market", {}},
            {"pricing", {"market"}},
            {"pricing/reference", {"market", "pricing"}},
            {"pricing/verification", {"market", "pricing", "pricing/reference"}},
            {"history", {"market", "pricing"}},
            {"portfolio", {"market", "pricing"}},
            {"risk", {"market", "pricing", "portfolio"}},
            {"risk/verification", {"market", "pricing", "pricing/verification", "risk"}},
            {"strategies", {"market", "pricing", "portfolio", "risk"}},
            {"execution", {"market", "portfolio", "risk"}},
            {"trading", upToTrading},
            {"backtest", upToBacktest + QStringList{"learning/doors"}},
            {"monitoring", {"market", "portfolio", "risk", "execution"}},
            {"learning", {"market", "pricing"}},
            {"learning/teachers", {"pricing"}},
            {"learning/doors", {"market"}},
            {"learning/torch", {"learning", "learning/doors"}},
            {"learning/training", {"learning", "learning/teachers", "learning/torch", "pricing/reference"}},
            {"learning/pricer", {"market", "pricing", "learning", "learning/teachers", "learning/training"}},
            {"learning/verification", {"market", "pricing", "pricing/verification", "learning/pricer"}},
            {"learning/signals", {"market", "pricing", "history", "risk", "strategies", "learning/doors"}},
            {"tastytrade/wire", {"market", "portfolio", "execution"}},
            {"tastytrade", {"tastytrade/wire", "market", "portfolio", "execution"}},
            {"venue", {"market", "pricing", "history", "portfolio", "execution", "tastytrade/wire"}},
            {"storage", {"market", "history", "execution", "backtest"}},
            {"watchdog", {"execution", "tastytrade"}},
        };
        QStringList all;
        for (const auto& [folder, uses] : rows)
            all.append(folder);
        rows.emplace("desk", all);
        return rows;
    }();
    return table;
}

/// Folders whose sources include no Qt header, so that batch work, the command line and other programs can
/// use them.
inline const QStringList& qtFreeLayers()
{
    static const QStringList folders{"base",       "market",     "pricing",         "history", "portfolio",
                                     "risk",       "strategies", "execution",       "trading", "backtest",
                                     "monitoring", "learning",   "learning/doors", "learning/signals"};
    return folders;
}

/// What the window may include of core/: whole folders, and single headers that hold plain values.
inline const QStringList& windowFolders()
{
    static const QStringList folders{"base", "market", "desk"};
    return folders;
}
inline const QStringList& windowHeaders()
{
    static const QStringList headers{"portfolio/order_intent.h", "portfolio/complex_intent.h", "portfolio/position.h",
                                     "execution/order.h", "monitoring/alert_rules.h", "risk/limits.h"};
    return headers;
}

/// Where find_package()'s names come from on Debian; empty for what the compiler brings.
inline const std::map<QString, QString>& debianPackages()
{
    static const std::map<QString, QString> packages{
        {"Threads", ""},
        {"fmt", "libfmt-dev"},
        {"spdlog", "libspdlog-dev"},
        {"tl-expected", "libexpected-dev"},
        {"simdjson", "libsimdjson-dev"},
        {"Eigen3", "libeigen3-dev"},
        {"CLI11", "libcli11-dev"},
        {"hwy", "libhwy-dev"},
        {"ZLIB", "zlib1g-dev"},
        {"benchmark", "libbenchmark-dev"},
        {"BLAS", "libopenblas-dev"},
        {"Torch", ""}, // another one than Debian's, where it is asked for
        {"OpenSSL", "libssl-dev"},
        {"Qt6Keychain", "qtkeychain-qt6-dev"},
        {"QCustomPlotQt6", "libqcustomplot-dev"},
        {"Qt6Core", "qt6-base-dev"},
        {"Qt6Network", "qt6-base-dev"},
        {"Qt6Sql", "qt6-base-dev"},
        {"Qt6Concurrent", "qt6-base-dev"},
        {"Qt6Widgets", "qt6-base-dev"},
        {"Qt6PrintSupport", "qt6-base-dev"},
        {"Qt6Test", "qt6-base-dev"},
        {"Qt6WebSockets", "qt6-websockets-dev"},
        {"Qt6HttpServer", "qt6-httpserver-dev"},
        {"Qt6Charts", "qt6-charts-dev"},
        {"Qt6LinguistTools", "qt6-tools-dev"},
    };
    return packages;
}

} // namespace vegadesk::tests
