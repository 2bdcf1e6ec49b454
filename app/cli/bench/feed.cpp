#include "row.h"

#include "base/random.h"
#include "tastytrade/feed_intake.h"
#include "tastytrade/subscriptions.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QString>
#include <QStringEncoder>

#include <fmt/format.h>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace tastytrade;

constexpr std::size_t symbolCount = 8000; // a large chain with its neighbours
constexpr std::size_t quotesPerCall = 4000;

std::string symbolOf(std::size_t i)
{
    return fmt::format(".SPXW26{:02}{:02}{}{}", 1 + i / 2800 % 12, 1 + i / 400 % 7 * 4, i % 2 ? 'C' : 'P',
                       3000 + 25 * (i / 2 % 200));
}

/// As the broker's feed sends them: two digits, "NaN" and exponents now and then.
QByteArray frameOf(std::size_t rows, base::Generator& chance)
{
    const auto size = [&] {
        const double contracts = static_cast<double>(chance.integer(1, 300));
        if (chance.uniform() < 0.02)
            return std::string("\"NaN\"");
        return chance.uniform() < 0.02 ? fmt::format("{:.1E}", contracts) : fmt::format("{:.1f}", contracts);
    };
    std::string text = R"({"type":"FEED_DATA","channel":1,"data":["Quote",[)";
    for (std::size_t i = 0; i < rows; ++i) {
        const double bid = 0.05 * static_cast<double>(chance.integer(0, 20'000));
        text += fmt::format("{}\"{}\",{:.6g},{:.6g},{},{}", i ? "," : "",
                            symbolOf(static_cast<std::size_t>(chance.integer(0, symbolCount - 1))), bid,
                            bid + 0.05 * static_cast<double>(chance.integer(1, 12)), size(), size());
    }
    return QByteArray::fromStdString(text + "]]}");
}

/// A feed's way to the Book, with messages of `rows` quotes that wait for it in both shapes.
struct Feed {
    market::Book book;
    Subscriptions subscriptions{book, symbolCount, {}};
    FeedIntake intake{book, subscriptions, [](const wire::CandleEvent&) {}};
    std::vector<QByteArray> bytes;
    std::vector<QString> texts; ///< as QWebSocket hands them over
    QByteArray encoded;

    explicit Feed(std::size_t rows)
    {
        std::vector<market::Wanted> wanted;
        for (std::size_t i = 0; i < symbolCount; ++i) {
            market::Instrument option;
            option.symbol = option.streamerSymbol = symbolOf(i);
            wanted.emplace_back(book.add(option));
        }
        book.addReader(); // as analytics does
        subscriptions.setWanted(wanted, {});
        base::Generator chance(1);
        for (std::size_t quotes = 0; quotes < quotesPerCall; quotes += rows) {
            bytes.push_back(frameOf(rows, chance));
            texts.push_back(QString::fromUtf8(bytes.back()));
        }
        encoded.resize(3 * bytes.front().size() * 2);
    }

    void takeBytes()
    {
        for (const QByteArray& frame : bytes)
            intake.take({frame.constData(), static_cast<std::size_t>(frame.size())}, {});
    }
    void takeTexts()
    {
        for (const QString& text : texts) {
            QStringEncoder encoder(QStringEncoder::Utf8);
            const char* const end = encoder.appendToBuffer(encoded.data(), text);
            intake.take({encoded.constData(), static_cast<std::size_t>(end - encoded.constData())}, {});
        }
    }
    void parseAlone()
    {
        for (const QByteArray& frame : bytes) {
            if (!QJsonDocument::fromJson(frame).isObject())
                std::abort();
        }
    }
};

Row rowOf(std::size_t rows)
{
    const auto feed = std::make_shared<Feed>(rows);
    Row row;
    row.kernel = fmt::format("Feed, {} quote{} a message", rows, rows > 1 ? "s" : "");
    row.ours = Timed{"ours, the socket's text to the Book", quotesPerCall, [feed] { feed->takeTexts(); }};
    row.references = {{"QJsonDocument, parsing alone", quotesPerCall, [feed] { feed->parseAlone(); }},
                      {"ours, were the text UTF-8 already", quotesPerCall, [feed] { feed->takeBytes(); }}};
    row.countedAs = "quotes";
    row.accuracyOf = "events of these that the Book holds, of those sent";
    row.accuracy = [feed, rows] {
        const std::uint64_t before = feed->book.eventCount();
        feed->takeBytes();
        return static_cast<double>(feed->book.eventCount() - before) / static_cast<double>(feed->bytes.size() * rows);
    };
    return row;
}

} // namespace

std::vector<Row> feedRows()
{
    return {rowOf(1), rowOf(20), rowOf(200)};
}

} // namespace vegadesk::cli::bench
