#include "desk/limit_settings.h"
#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/dialogs/accounts_dialog.h"
#include "ui/dialogs/arm_dialog.h"
#include "ui/dialogs/limits_dialog.h"
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
              &desk::setting::strikesAround, &desk::setting::staleSeconds, &desk::setting::ordersPerMinute}) {
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
        dialog.findChild<QDoubleSpinBox*>(QString::fromLatin1(desk::setting::ordersPerMinute.key))->setValue(30);
        dialog.findChild<QCheckBox*>(QString::fromLatin1(desk::setting::compactRows.key))->setChecked(true);
        auto* const tolerance = dialog.findChild<QComboBox*>(QString::fromLatin1(desk::setting::tolerance.key));
        tolerance->setCurrentIndex(tolerance->findData(QStringLiteral("low")));
        QCOMPARE(settings.number(desk::setting::strikesAround), 12.0);
        auto* const buttons = dialog.findChild<QDialogButtonBox*>();
        buttons->button(QDialogButtonBox::Apply)->click();
        QCOMPARE(settings.number(desk::setting::strikesAround), 20.0);
        QCOMPARE(settings.number(desk::setting::ordersPerMinute), 30.0);
        QCOMPARE(settings.number(desk::setting::compactRows), 1.0);
        QCOMPARE(settings.choice(desk::setting::tolerance), QStringLiteral("low"));
        QCOMPARE(settings.number(desk::setting::venueSpeed), 1.0);
        tolerance->setCurrentIndex(tolerance->findData(QStringLiteral("high")));
        buttons->button(QDialogButtonBox::Cancel)->click();
        QCOMPARE(settings.choice(desk::setting::tolerance), QStringLiteral("low"));
    }

    void limitsComeIntoForceWithAReason()
    {
        test::DeskFixture fixture;
        desk::Settings& settings = fixture.desk().settings();
        LimitsDialog dialog(fixture.desk(), nullptr);
        auto* const keep = dialog.findChild<QPushButton*>(QStringLiteral("limits_keep"));
        auto* const leverage = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("limit_leverage"));
        auto* const stop = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("limit_daily-loss-stop"));
        auto* const reason = dialog.findChild<QLineEdit*>(QStringLiteral("limits_reason"));
        const auto* const problem = dialog.findChild<QLabel*>(QStringLiteral("limits_problem"));
        QCOMPARE(stop->value(), 5.0);
        reason->setText(QStringLiteral("earnings week"));
        QVERIFY(!keep->isEnabled()); // nothing has changed
        leverage->setValue(2.5);
        QVERIFY(!keep->isEnabled());
        QCOMPARE(problem->text(), QStringLiteral("Leverage: 2.5x is not allowed, but more than 0 and at most 2x."));
        leverage->setValue(1.25);
        QVERIFY(problem->text().isEmpty());
        QVERIFY(keep->isEnabled());
        stop->setValue(1); // and no new risk from 2.5 % on
        QVERIFY(problem->text().startsWith(QStringLiteral("Daily loss: no new risk: 2.5")));
        QVERIFY(problem->text().contains(QStringLiteral("Daily loss: stop")));
        stop->setValue(4);
        reason->clear();
        QVERIFY(!keep->isEnabled());
        reason->setText(QStringLiteral("earnings week"));
        keep->click();
        QCOMPARE(dialog.result(), int(QDialog::Accepted));
        const auto own = desk::ownLimits(settings, risk::Tolerance::Moderate);
        QVERIFY(own);
        QCOMPARE(own->reason, std::string("earnings week"));
        risk::Limits expected;
        expected.leverage = 1.25;
        expected.dailyLossStop = 0.04;
        QVERIFY(own->limits == expected);

        // Wider again: it says that no stop is lifted by that; and back to the profile, with a reason too.
        LimitsDialog again(fixture.desk(), nullptr);
        QCOMPARE(again.findChild<QDoubleSpinBox*>(QStringLiteral("limit_leverage"))->value(), 1.25);
        QVERIFY(again.findChild<QLabel*>(QStringLiteral("limits_state"))->text().contains(QStringLiteral("earnings week")));
        const auto* const consequence = again.findChild<QLabel*>(QStringLiteral("limits_consequence"));
        QVERIFY(consequence->isHidden());
        again.findChild<QPushButton*>(QStringLiteral("limits_profile"))->click();
        QVERIFY(!consequence->isHidden());
        again.findChild<QLineEdit*>(QStringLiteral("limits_reason"))->setText(QStringLiteral("it is over"));
        again.findChild<QPushButton*>(QStringLiteral("limits_keep"))->click();
        QVERIFY(!desk::ownLimits(settings, risk::Tolerance::Moderate));
        QVERIFY(desk::limitsInForce(settings, risk::Tolerance::Moderate) == risk::Limits());
    }

    void limitsFollowTheTolerance()
    {
        test::DeskFixture fixture;
        LimitsDialog dialog(fixture.desk(), nullptr);
        const auto* const trade = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("limit_trade-loss"));
        QCOMPARE(trade->value(), 2.0);
        QVERIFY(fixture.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("high")));
        QCOMPARE(trade->value(), 4.0);
    }

    void keysAreTypedInPairs()
    {
        test::DeskFixture fixture;
        AccountsDialog dialog(fixture.desk().accounts(), nullptr);
        auto* const section = dialog.findChild<QWidget*>(QStringLiteral("sandbox"));
        const auto* const verify = section->findChild<QPushButton*>(QStringLiteral("verify"));
        const auto* const store = section->findChild<QPushButton*>(QStringLiteral("store"));
        QVERIFY(!verify->isEnabled());
        QVERIFY(!store->isEnabled());
        QVERIFY(!section->findChild<QPushButton*>(QStringLiteral("forget"))->isEnabled());
        auto* const secret = section->findChild<QLineEdit*>(QStringLiteral("client_secret"));
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        secret->setText(QStringLiteral("secret"));
        QVERIFY(!verify->isEnabled());
        section->findChild<QLineEdit*>(QStringLiteral("refresh_token"))->setText(QStringLiteral(" token "));
        QVERIFY(verify->isEnabled());
        QVERIFY(store->isEnabled());
        // The other pair is not touched by it.
        auto* const live = dialog.findChild<QWidget*>(QStringLiteral("live"));
        QVERIFY(!live->findChild<QPushButton*>(QStringLiteral("verify"))->isEnabled());
    }

    void aBrokerThatCannotBeAskedIsSaid()
    {
        test::DeskFixture fixture;
        const base::Environment none;
        desk::Accounts accounts(none, fixture.desk().settings(), {}, [](desk::Accounts::Kind) {
            return tastytrade::Endpoints::venue(1);
        }); // nobody is there
        AccountsDialog dialog(accounts, nullptr);
        auto* const section = dialog.findChild<QWidget*>(QStringLiteral("live"));
        for (const char* const field : {"client_secret", "refresh_token"})
            section->findChild<QLineEdit*>(QString::fromLatin1(field))->setText(QStringLiteral("key"));
        section->findChild<QPushButton*>(QStringLiteral("store"))->click();
        const auto* const outcome = section->findChild<QLabel*>(QStringLiteral("outcome"));
        QVERIFY(!section->findChild<QPushButton*>(QStringLiteral("verify"))->isEnabled()); // one at a time
        QTRY_VERIFY_WITH_TIMEOUT(outcome->text().contains(QStringLiteral("could not be asked")), 60'000);
        QVERIFY(!section->findChild<QLineEdit*>(QStringLiteral("client_secret"))->text().isEmpty()); // to try again
        QVERIFY(section->findChild<QPushButton*>(QStringLiteral("verify"))->isEnabled());
    }

    void armingWantsTheAccountTyped()
    {
        test::DeskFixture fixture;
        ArmDialog dialog(fixture.desk(), nullptr);
        const auto* const arm = dialog.findChild<QPushButton*>(QStringLiteral("arm"));
        auto* const typed = dialog.findChild<QLineEdit*>(QStringLiteral("arm_confirmation"));
        QVERIFY(!arm->isEnabled());
        typed->setText(QStringLiteral("LIVE"));
        QVERIFY(!arm->isEnabled());
        typed->setText({}); // there is no account yet: nothing typed is not its number
        QVERIFY(!arm->isEnabled());
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
