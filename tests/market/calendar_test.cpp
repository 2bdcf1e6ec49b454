#include "market/calendar.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::market;
using base::makeDate;
using namespace std::chrono_literals;

namespace
{

base::Date date(const QString& text)
{
    return *base::parseDate(text.toStdString());
}

base::Instant instant(const QString& text)
{
    return *base::parseInstant(text.toStdString());
}

} // namespace

class CalendarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void varianceTime();
    void wallTime_data();
    void wallTime();
    void wallTimeGapAndOverlap();
    void wallTimeRoundTrips();
    void holidays_data();
    void holidays();
    void openThoughOneMightThinkNot_data();
    void openThoughOneMightThinkNot();
    void halfDays_data();
    void halfDays();
    void tradingDaysPerYear_data();
    void tradingDaysPerYear();
    void sessions();
    void walksTradingDays();
    void opensAndCloses();
    void monthlyExpiries_data();
    void monthlyExpiries();
    void expiryInstants_data();
    void expiryInstants();
    void yearsToExpiry();
    void knownYears();
};

void CalendarTest::wallTime_data()
{
    QTest::addColumn<QString>("utc");
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("clock");
    QTest::addColumn<int>("offset");
    QTest::newRow("winter") << "2026-01-15T14:30:00Z" << "2026-01-15" << "09:30:00" << -5;
    QTest::newRow("summer") << "2026-07-15T13:30:00Z" << "2026-07-15" << "09:30:00" << -4;
    QTest::newRow("evening is still yesterday") << "2026-07-16T03:59:59Z" << "2026-07-15" << "23:59:59" << -4;
    QTest::newRow("new year's eve") << "2027-01-01T04:59:59Z" << "2026-12-31" << "23:59:59" << -5;
    QTest::newRow("second before spring") << "2026-03-08T06:59:59Z" << "2026-03-08" << "01:59:59" << -5;
    QTest::newRow("spring") << "2026-03-08T07:00:00Z" << "2026-03-08" << "03:00:00" << -4;
    QTest::newRow("second before autumn") << "2026-11-01T05:59:59Z" << "2026-11-01" << "01:59:59" << -4;
    QTest::newRow("autumn, the hour again") << "2026-11-01T06:00:00Z" << "2026-11-01" << "01:00:00" << -5;
    QTest::newRow("2007 starts the new rule") << "2007-03-11T07:00:00Z" << "2007-03-11" << "03:00:00" << -4;
    QTest::newRow("2006, March is winter") << "2006-03-20T12:00:00Z" << "2006-03-20" << "07:00:00" << -5;
    QTest::newRow("2006 spring") << "2006-04-02T07:00:00Z" << "2006-04-02" << "03:00:00" << -4;
    QTest::newRow("2006 autumn") << "2006-10-29T06:00:00Z" << "2006-10-29" << "01:00:00" << -5;
    QTest::newRow("before 1970") << "1969-12-31T23:59:59.5Z" << "1969-12-31" << "18:59:59" << -5;
}

void CalendarTest::wallTime()
{
    QFETCH(QString, utc);
    QFETCH(QString, day);
    QFETCH(QString, clock);
    QFETCH(int, offset);
    const NewYorkTime time = toNewYork(instant(utc));
    QCOMPARE(QString::fromStdString(base::formatDate(time.date)), day);
    QCOMPARE(QTime(0, 0).addSecs(static_cast<int>(time.sinceMidnight.count())).toString("HH:mm:ss"), clock);
    QCOMPARE(time.utcOffsetHours, offset);
}

void CalendarTest::wallTimeGapAndOverlap()
{
    const base::Date spring = makeDate(2026, 3, 8);
    QVERIFY(fromNewYork(spring, 2h + 30min) == instant("2026-03-08T07:30:00Z")); // shows as 3:30
    QVERIFY(fromNewYork(spring, 3h) == instant("2026-03-08T07:00:00Z"));
    const base::Date autumn = makeDate(2026, 11, 1);
    QVERIFY(fromNewYork(autumn, 1h + 30min) == instant("2026-11-01T05:30:00Z")); // the first, daylight one
    QVERIFY(fromNewYork(autumn, 2h) == instant("2026-11-01T07:00:00Z"));
}

void CalendarTest::wallTimeRoundTrips()
{
    for (base::Date day = makeDate(2005, 1, 1); day < makeDate(2030, 1, 1); day += std::chrono::days(1)) {
        const base::Instant open = fromNewYork(day, 9h + 30min);
        const NewYorkTime back = toNewYork(open);
        QVERIFY(back.date == day);
        QVERIFY(back.sinceMidnight == 9h + 30min);
    }
}

void CalendarTest::holidays_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("name");
    const auto row = [](const char* day, const char* name) { QTest::newRow(day) << day << name; };
    row("2026-01-01", "New Year's Day");
    row("2023-01-02", "New Year's Day"); // Sunday, kept on Monday
    row("2026-01-19", "Martin Luther King Jr. Day");
    row("1998-01-19", "Martin Luther King Jr. Day");
    row("2026-02-16", "Washington's Birthday");
    row("2026-04-03", "Good Friday");
    row("2024-03-29", "Good Friday");
    row("2038-04-23", "Good Friday"); // the latest possible
    row("2008-03-21", "Good Friday");
    row("2026-05-25", "Memorial Day");
    row("2022-06-20", "Juneteenth"); // Sunday, kept on Monday
    row("2026-06-19", "Juneteenth");
    row("2027-06-18", "Juneteenth");       // Saturday, kept on Friday
    row("2026-07-03", "Independence Day"); // Saturday, kept on Friday
    row("2021-07-05", "Independence Day");
    row("2026-09-07", "Labor Day");
    row("2026-11-26", "Thanksgiving Day");
    row("2026-12-25", "Christmas Day");
    row("2021-12-24", "Christmas Day"); // Saturday, kept on Friday
    row("2022-12-26", "Christmas Day");
    row("2001-09-11", "Attacks of September 11");
    row("2001-09-12", "Attacks of September 11");
    row("2001-09-14", "Attacks of September 11");
    row("2004-06-11", "Mourning for Ronald Reagan");
    row("2007-01-02", "Mourning for Gerald Ford");
    row("2012-10-29", "Hurricane Sandy");
    row("2012-10-30", "Hurricane Sandy");
    row("2018-12-05", "Mourning for George H. W. Bush");
    row("2025-01-09", "Mourning for Jimmy Carter");
}

void CalendarTest::holidays()
{
    QFETCH(QString, day);
    QFETCH(QString, name);
    QCOMPARE(QString::fromUtf8(holidayName(date(day)).data(), static_cast<int>(holidayName(date(day)).size())), name);
    QVERIFY(!isTradingDay(date(day)));
    QVERIFY(!sessionOn(date(day)));
    QVERIFY(!isHalfDay(date(day)));
}

void CalendarTest::openThoughOneMightThinkNot_data()
{
    QTest::addColumn<QString>("day");
    for (const char* day : {"2021-12-31",               // New Year on Saturday is not moved
                            "2010-12-31", "2021-06-18", // Juneteenth was no exchange holiday yet
                            "2020-06-19", "2001-09-10", "2001-09-17", "2012-10-31", "2026-10-12", // Columbus Day
                            "2026-11-11",                                                         // Veterans Day
                            "2026-04-06",                                                         // Easter Monday
                            "2025-01-10", "2018-12-06"})
        QTest::newRow(day) << day;
}

void CalendarTest::openThoughOneMightThinkNot()
{
    QFETCH(QString, day);
    QVERIFY(isTradingDay(date(day)));
    QVERIFY(holidayName(date(day)).empty());
}

void CalendarTest::halfDays_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<bool>("isHalf");
    const auto row = [](const char* day, bool isHalf) { QTest::newRow(day) << day << isHalf; };
    row("2026-11-27", true); // after Thanksgiving
    row("2026-11-25", false);
    row("2026-12-24", true);
    row("2024-12-24", true);
    row("2027-12-24", false); // Friday: closed for Christmas on Saturday
    row("2022-12-23", false);
    row("2026-07-02", false); // the holiday itself is kept on the 3rd
    row("2025-07-03", true);
    row("2024-07-03", true); // Wednesday, since 2013
    row("2013-07-03", true);
    row("2013-07-05", false);
    row("2002-07-03", false); // until 2012 the Friday after
    row("2002-07-05", true);
    row("2000-07-03", true);
    row("2022-07-01", false);
    row("2003-12-26", true);
    row("1999-12-31", true);
    row("2026-12-31", false);
}

void CalendarTest::halfDays()
{
    QFETCH(QString, day);
    QFETCH(bool, isHalf);
    QCOMPARE(isHalfDay(date(day)), isHalf);
}

/// Trading days a year, weekends and holidays taken off by hand.
void CalendarTest::tradingDaysPerYear_data()
{
    QTest::addColumn<int>("year");
    QTest::addColumn<int>("count");
    const auto row = [](int year, int count) { QTest::addRow("%d", year) << year << count; };
    row(2001, 248);
    row(2007, 251);
    row(2012, 250);
    row(2018, 251);
    row(2019, 252);
    row(2020, 253);
    row(2021, 252);
    row(2022, 251);
    row(2023, 250);
    row(2024, 252);
    row(2025, 250);
    row(2026, 251);
}

void CalendarTest::tradingDaysPerYear()
{
    QFETCH(int, year);
    QFETCH(int, count);
    QCOMPARE(tradingDaysBetween(makeDate(year - 1, 12, 31), makeDate(year, 12, 31)), count);
}

void CalendarTest::sessions()
{
    const auto full = sessionOn(makeDate(2026, 7, 15));
    QVERIFY(full);
    QVERIFY(full->date == makeDate(2026, 7, 15));
    QVERIFY(full->open == instant("2026-07-15T13:30:00Z"));
    QVERIFY(full->close == instant("2026-07-15T20:00:00Z"));
    QVERIFY(full->indexClose == instant("2026-07-15T20:15:00Z"));
    QVERIFY(!full->isHalfDay);
    const auto half = sessionOn(makeDate(2026, 11, 27));
    QVERIFY(half && half->isHalfDay);
    QVERIFY(half->close == instant("2026-11-27T18:00:00Z"));
    QVERIFY(half->indexClose == instant("2026-11-27T18:15:00Z"));
    QVERIFY(!sessionOn(makeDate(2026, 7, 18))); // Saturday
}

void CalendarTest::walksTradingDays()
{
    QVERIFY(nextTradingDay(makeDate(2026, 4, 2)) == makeDate(2026, 4, 6)); // over Good Friday and a weekend
    QVERIFY(previousTradingDay(makeDate(2026, 4, 6)) == makeDate(2026, 4, 2));
    QVERIFY(nextTradingDay(makeDate(2001, 9, 10)) == makeDate(2001, 9, 17));
    QCOMPARE(tradingDaysBetween(makeDate(2026, 4, 2), makeDate(2026, 4, 6)), 1);
    QCOMPARE(tradingDaysBetween(makeDate(2026, 4, 6), makeDate(2026, 4, 2)), 0);
    QCOMPARE(tradingDaysBetween(makeDate(2026, 4, 6), makeDate(2026, 4, 6)), 0);
}

void CalendarTest::opensAndCloses()
{
    QVERIFY(!isOpen(instant("2026-07-15T13:29:59.999Z")));
    QVERIFY(isOpen(instant("2026-07-15T13:30:00Z")));
    QVERIFY(isOpen(instant("2026-07-15T19:59:59.999Z")));
    QVERIFY(!isOpen(instant("2026-07-15T20:00:00Z")));
    QVERIFY(!isOpen(instant("2026-11-27T18:00:00Z"))); // half day
    QVERIFY(isOpen(instant("2026-11-27T17:59:00Z")));
    QVERIFY(!isOpen(instant("2026-11-26T17:00:00Z")));
}

void CalendarTest::monthlyExpiries_data()
{
    QTest::addColumn<int>("year");
    QTest::addColumn<uint>("month");
    QTest::addColumn<QString>("expected");
    QTest::newRow("third Friday") << 2026 << 12U << "2026-12-18";
    QTest::newRow("month starts on Friday") << 2026 << 5U << "2026-05-15";
    QTest::newRow("month starts on Saturday") << 2026 << 8U << "2026-08-21";
    QTest::newRow("Good Friday") << 2014 << 4U << "2014-04-17";
    QTest::newRow("Good Friday again") << 2019 << 4U << "2019-04-18";
    QTest::newRow("Juneteenth") << 2026 << 6U << "2026-06-18";
}

void CalendarTest::monthlyExpiries()
{
    QFETCH(int, year);
    QFETCH(uint, month);
    QFETCH(QString, expected);
    QCOMPARE(QString::fromStdString(base::formatDate(monthlyExpiry(year, month))), expected);
}

void CalendarTest::expiryInstants_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<bool>("isPm");
    QTest::addColumn<QString>("expected");
    QTest::newRow("PM, winter") << "2026-12-18" << true << "2026-12-18T21:00:00Z";
    QTest::newRow("PM, summer") << "2026-08-21" << true << "2026-08-21T20:00:00Z";
    QTest::newRow("AM") << "2026-12-18" << false << "2026-12-18T14:30:00Z";
    QTest::newRow("half day") << "2026-11-27" << true << "2026-11-27T18:00:00Z";
    QTest::newRow("a Saturday of 2014") << "2014-06-21" << true << "2014-06-20T20:00:00Z";
    QTest::newRow("AM on a holiday") << "2014-04-18" << false << "2014-04-17T13:30:00Z";
}

void CalendarTest::expiryInstants()
{
    QFETCH(QString, day);
    QFETCH(bool, isPm);
    QFETCH(QString, expected);
    const base::Instant found = expiryInstant(date(day), isPm ? Settlement::PM : Settlement::AM);
    QCOMPARE(QString::fromStdString(base::formatInstant(found)),
             QString::fromStdString(base::formatInstant(instant(expected))));
}

void CalendarTest::yearsToExpiry()
{
    const base::Instant close = instant("2026-12-18T21:00:00Z");
    QCOMPARE(yearsUntil(close - std::chrono::hours(24 * 365), close), 1.0);
    QCOMPARE(yearsUntil(close - 1min, close), 60.0 / (365 * 86400.0));
    QCOMPARE(yearsUntil(close, close), 0.0);
    QCOMPARE(yearsUntil(close + 1h, close), 0.0);
    const double nanosecond = yearsUntil(close - base::Nanos(1), close);
    QVERIFY(nanosecond > 3.1e-17 && nanosecond < 3.2e-17);
}

void CalendarTest::knownYears()
{
    QVERIFY(!isKnownYear(1997));
    QVERIFY(isKnownYear(1998));
    QVERIFY(isKnownYear(2099));
    QVERIFY(!isKnownYear(2100));
}

void CalendarTest::varianceTime()
{
    using namespace std::chrono_literals;
    const auto at = [](base::Date day, std::chrono::seconds time) { return fromNewYork(day, time); };
    // Friday's close to Monday's: two days without trading between.
    const base::Instant friday = at(makeDate(2026, 6, 5), 16h), monday = at(makeDate(2026, 6, 8), 16h);
    const auto isClose = [](double a, double b) { return std::abs(a - b) <= 1e-15; };
    QVERIFY(isClose(varianceYearsUntil(friday, monday, 1), yearsUntil(friday, monday)));
    QVERIFY(isClose(varianceYearsUntil(friday, monday, 0), 1.0 / 252)); // 8 hours of Friday and 16 of Monday
    QVERIFY(isClose(varianceYearsUntil(friday, monday, 0.5), (1 + 0.5 * 2) / (252 + 0.5 * 113)));
    // Inside one day it runs by the minute; across clocks going back an hour it keeps counting hours.
    QVERIFY(isClose(varianceYearsUntil(monday - 1min, monday, 0), 1.0 / 1440 / 252));
    const base::Instant before = at(makeDate(2026, 10, 30), 16h), after = at(makeDate(2026, 11, 2), 16h);
    QVERIFY(isClose(varianceYearsUntil(before, after, 1), yearsUntil(before, after)));
    QCOMPARE(varianceYearsUntil(monday, friday, 0.3), 0.0);
    // A holiday is a closed day: Juneteenth 2026, a Friday.
    QVERIFY(isClose(varianceYearsUntil(at(makeDate(2026, 6, 18), 16h), at(makeDate(2026, 6, 22), 16h), 0), 1.0 / 252));
    // Close to close over a year is about one year, whatever the weight.
    for (const double weight : {0.0, 0.3, 1.0}) {
        const double year = varianceYearsUntil(at(makeDate(2025, 3, 3), 16h), at(makeDate(2026, 3, 3), 16h), weight);
        QVERIFY2(std::abs(year - 1) < 0.01, qPrintable(QString::number(year)));
    }
}

QTEST_GUILESS_MAIN(CalendarTest)
#include "calendar_test.moc"
