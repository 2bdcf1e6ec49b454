#include "no_warnings.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::ui;

namespace
{
constexpr std::array themes{ThemeName::Dark, ThemeName::Light, ThemeName::BlueOrange};

double luminance(const QColor& color)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

/// Source: WCAG 2.1, "contrast ratio".
double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b)), low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}
} // namespace

class ThemeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void wordsNameThemes()
    {
        QCOMPARE(themeFromText(QStringLiteral("light")), ThemeName::Light);
        QCOMPARE(themeFromText(QStringLiteral("blue-orange")), ThemeName::BlueOrange);
        QCOMPARE(themeFromText(QStringLiteral("mauve")), ThemeName::Dark);
    }

    void textCanBeRead()
    {
        for (const ThemeName name : themes) {
            Theme theme;
            theme.setName(name);
            const QColor panel = theme.color(Role::Panel);
            // 4.5 is the accessibility guideline's limit for body text, 3 for large text and marks.
            QVERIFY(contrast(theme.color(Role::Text), panel) > 7);
            QVERIFY(contrast(theme.color(Role::Text), theme.color(Role::Selection)) > 4.5);
            QVERIFY(contrast(theme.color(Role::Text), theme.color(Role::InTheMoney)) > 4.5);
            QVERIFY(contrast(theme.color(Role::Dim), panel) > 4.5);
            for (const Role role :
                 {Role::Gain, Role::Loss, Role::Warning, Role::Live, Role::Call, Role::Put, Role::Accent})
                QVERIFY2(contrast(theme.color(role), panel) > 3.9, qPrintable(QString::number(static_cast<int>(role))));
            for (const Role role : {Role::Accent, Role::Live})
                QVERIFY2(contrast(theme.textOn(role), theme.color(role)) > 4.5,
                         qPrintable(QString::number(static_cast<int>(role))));
        }
    }

    void signsHaveColours()
    {
        const Theme theme;
        QCOMPARE(theme.signColor(1), theme.color(Role::Gain));
        QCOMPARE(theme.signColor(-1), theme.color(Role::Loss));
        QCOMPARE(theme.signColor(0), theme.color(Role::Text));
        QCOMPARE(theme.signColor(std::nan("")), theme.color(Role::Text));
        // What reads 0.00 is neither.
        QCOMPARE(theme.signColor(0.0049), theme.color(Role::Text));
        QCOMPARE(theme.signColor(-0.0049), theme.color(Role::Text));
        QCOMPARE(theme.signColor(0.005), theme.color(Role::Gain));
        QCOMPARE(theme.signColor(-0.04, 1), theme.color(Role::Text));
    }

    void applyingTellsEveryWidget()
    {
        Theme theme;
        QSignalSpy changed(&theme, &Theme::changed);
        theme.setName(ThemeName::Light);
        theme.apply();
        QCOMPARE(changed.size(), 1);
        QCOMPARE(QApplication::palette().color(QPalette::Text), theme.color(Role::Text));
        theme.setName(ThemeName::Dark);
        theme.apply();
        QCOMPARE(QApplication::palette().color(QPalette::Text), theme.color(Role::Text));
        QCOMPARE(theme.rowHeight(), 23);
        theme.setCompact(true);
        QCOMPARE(theme.rowHeight(), 19);
        // Nothing of the template is left in the sheet.
        QVERIFY(!qApp->styleSheet().contains(QLatin1Char('@')));
    }
};

QTEST_MAIN(ThemeTest)
#include "theme_test.moc"
