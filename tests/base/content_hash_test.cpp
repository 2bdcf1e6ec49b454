#include "base/content_hash.h"

#include <QTest>

#include <limits>
#include <vector>

using namespace vegadesk;
using base::ContentHash;

class ContentHashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What was kept by one build is found by the next.
    void itIsTheSameForGood()
    {
        ContentHash hash;
        QCOMPARE(hash.text(), std::string("cbf29ce484222325"));
        hash.word(1);
        const std::uint64_t product = 0xcbf29ce484222324ULL * 0x100000001b3ULL;
        QCOMPARE(hash.value(), product ^ product >> 29);
    }

    void valuesAndTheirOrderCount()
    {
        const auto of = [](const std::vector<double>& values) {
            ContentHash hash;
            hash.numbers(values);
            return hash.text();
        };
        QVERIFY(of({1, 2}) != of({2, 1}));
        QVERIFY(of({1, 2}) != of({1, 2, 0}));
        QCOMPARE(of({0.0}), of({-0.0}));
        QCOMPARE(of({std::numeric_limits<double>::quiet_NaN()}), of({-std::numeric_limits<double>::quiet_NaN()}));
    }

    void textsDoNotRunIntoEachOther()
    {
        const auto of = [](std::string_view first, std::string_view second) {
            ContentHash hash;
            hash.words(first);
            hash.words(second);
            return hash.text();
        };
        QVERIFY(of("ab", "c") != of("a", "bc"));
    }
};

QTEST_APPLESS_MAIN(ContentHashTest)
#include "content_hash_test.moc"
