#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/dialogs/live_dialog.h"
#include "ui/dialogs/send_confirmation.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/theme/format.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::ui;

class DialogsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void settingsAreBoundedByThemselves()
    {
        test::DeskFixture fixture;
        SettingsDialog dialog(fixture.desk().settings(), nullptr);
        for (const desk::NumberSetting* const setting :
             {&desk::setting::venueSeed, &desk::setting::venueSpeed, &desk::setting::venueRate,
              &desk::setting::strikesAround, &desk::setting::staleSeconds}) {
            const auto* const box = dialog.findChild<QDoubleSpinBox*>(QString::fromLatin1(setting->key));
            QVERIFY2(box, setting->key);
            QCOMPARE(box->minimum(), setting->minimum);
            QCOMPARE(box->maximum(), setting->maximum);
            QCOMPARE(box->value(), setting->fallback);
        }
    }

    void nothingIsStoredBeforeItIsAskedFor()
    {
        test::DeskFixture fixture;
        desk::Settings& settings = fixture.desk().settings();
        SettingsDialog dialog(settings, nullptr);
        dialog.findChild<QDoubleSpinBox*>(QString::fromLatin1(desk::setting::strikesAround.key))->setValue(20);
        dialog.findChild<QCheckBox*>(QString::fromLatin1(desk::setting::compactRows.key))->setChecked(true);
        auto* const tolerance = dialog.findChild<QComboBox*>(QString::fromLatin1(desk::setting::tolerance.key));
        tolerance->setCurrentIndex(tolerance->findData(QStringLiteral("low")));
        QCOMPARE(settings.number(desk::setting::strikesAround), 12.0);
        auto* const buttons = dialog.findChild<QDialogButtonBox*>();
        buttons->button(QDialogButtonBox::Apply)->click();
        QCOMPARE(settings.number(desk::setting::strikesAround), 20.0);
        QCOMPARE(settings.number(desk::setting::compactRows), 1.0);
        QCOMPARE(settings.choice(desk::setting::tolerance), QStringLiteral("low"));
        QCOMPARE(settings.number(desk::setting::venueSpeed), 1.0);
        tolerance->setCurrentIndex(tolerance->findData(QStringLiteral("high")));
        buttons->button(QDialogButtonBox::Cancel)->click();
        QCOMPARE(settings.choice(desk::setting::tolerance), QStringLiteral("low"));
    }

    void liveWithoutCredentialsSaysWhatIsMissing()
    {
        test::DeskFixture fixture;
        LiveDialog dialog(fixture.desk(), nullptr);
        QVERIFY(!dialog.findChild<QLabel*>(QStringLiteral("live_reason"))->text().isEmpty());
        QVERIFY(dialog.findChild<QPushButton*>(QStringLiteral("live_switch"))->isHidden());
    }

    void liveWithCredentialsWantsTheWordTyped()
    {
        base::Environment environment;
        environment.liveClientSecret = base::Secret("client-secret");
        environment.liveRefreshToken = base::Secret("refresh-token");
        test::DeskFixture fixture(std::move(environment));
        LiveDialog dialog(fixture.desk(), nullptr);
        auto* const button = dialog.findChild<QPushButton*>(QStringLiteral("live_switch"));
        auto* const word = dialog.findChild<QLineEdit*>(QStringLiteral("live_confirmation"));
        QVERIFY(!button->isHidden());
        QVERIFY(!button->isEnabled());
        QTest::keyClicks(word, QStringLiteral("live"));
        QVERIFY(!button->isEnabled());
        word->clear();
        QTest::keyClicks(word, QStringLiteral("LIVE"));
        QVERIFY(button->isEnabled());
    }

    void theConfirmationSaysWhatToBeware()
    {
        desk::TicketView ticket;
        ticket.intent.underlying = "SPY";
        ticket.warnings = {"The quote has not changed for a while."};
        const SendConfirmation warned(ticket, nullptr);
        const auto says = [](const QDialog& dialog, const QString& words) {
            const QList<QLabel*> labels = dialog.findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == words; });
        };
        QVERIFY(says(warned, QStringLiteral("The quote has not changed for a while.")));
        ticket.maxLoss = 420;
        QVERIFY(says(SendConfirmation(ticket, nullptr), money(-420)));
        // Of a close it says what that makes, not what the order would lose if it opened.
        ticket.effect = portfolio::OrderEffect::Closes;
        ticket.realised = -12.34;
        const SendConfirmation partly(ticket, nullptr);
        QVERIFY(says(partly, signedMoney(-12.34)) && says(partly, QStringLiteral("max loss ") + money(-420)));
        ticket.isFlatAfter = true;
        const SendConfirmation flat(ticket, nullptr);
        QVERIFY(says(flat, signedMoney(-12.34)) && says(flat, QStringLiteral("flat")) && !says(flat, money(-420)));
    }
};

QTEST_MAIN(DialogsTest)
#include "dialogs_test.moc"
