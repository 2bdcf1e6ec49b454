#include "desk/listing_requests.h"

#include <QTest>

using namespace vegadesk;
using desk::ListingRequests;

namespace
{

const base::Instant start{std::chrono::hours(1)};
const std::set<std::string> wanted{"AAPL", "MSFT", "NVDA", "SPY"};
using Names = std::vector<std::string>;

bool isNowhere(const std::string&)
{
    return false;
}

} // namespace

class ListingRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFewAreAskedForAtOnce()
    {
        ListingRequests requests;
        QVERIFY(requests.begin("QQQ", start)); // the shown one, by itself
        QVERIFY(!requests.begin("QQQ", start));
        QCOMPARE(requests.due(wanted, isNowhere, start), Names{"AAPL"});
        QVERIFY(requests.begin("AAPL", start));
        QVERIFY(requests.due(wanted, isNowhere, start).empty());
        requests.arrived("QQQ");
        const auto isThere = [](const std::string& underlying) { return underlying == "MSFT"; };
        QCOMPARE(requests.due(wanted, isThere, start), Names{"NVDA"});
    }

    void whatDidNotComeIsAskedForAgain()
    {
        ListingRequests requests;
        QVERIFY(requests.begin("AAPL", start) && requests.begin("MSFT", start));
        requests.failed("AAPL", base::ErrorKind::Network, start);
        requests.failed("MSFT", base::ErrorKind::NotFound, start);
        QCOMPARE(requests.due(wanted, isNowhere, start), (Names{"NVDA", "SPY"}));
        const auto isElsewhere = [](const std::string& underlying) {
            return underlying == "NVDA" || underlying == "SPY";
        };
        const base::Instant later = start + ListingRequests::retryAfter;
        QVERIFY(requests.due(wanted, isElsewhere, later - base::Nanos(1)).empty());
        QCOMPARE(requests.due(wanted, isElsewhere, later), Names{"AAPL"});
        QVERIFY(requests.begin("AAPL", later));
        requests.arrived("AAPL");
        QCOMPARE(requests.due(wanted, isElsewhere, start), Names{"AAPL"}); // a new day's, say
        // What is not known today may be listed by and by.
        QVERIFY(requests.begin("AAPL", later));
        QCOMPARE(requests.due(wanted, isElsewhere, start + ListingRequests::retryUnknownAfter),
                 (Names{"AAPL", "MSFT"}));
    }

    void anAnswerThatNobodySeesHoldsUpNothing()
    {
        ListingRequests requests;
        QVERIFY(requests.begin("AAPL", start) && requests.begin("MSFT", start));
        QVERIFY(requests.due(wanted, isNowhere, start).empty());
        const base::Instant later = start + ListingRequests::lostAfter;
        QVERIFY(!requests.begin("AAPL", later - base::Nanos(1)));
        QCOMPARE(requests.due(wanted, isNowhere, later), (Names{"AAPL", "MSFT"}));
        QVERIFY(requests.begin("AAPL", later));
    }
};

QTEST_APPLESS_MAIN(ListingRequestsTest)
#include "test_listing_requests.moc"
