#include "ui/dialogs/accounts_dialog.h"

#include "ui/panels/figure.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace vegadesk::ui
{

namespace
{
constexpr int dialogWidth = 560;

QLabel* makeText(const char* tone, const QString& text = {})
{
    auto* const label = new QLabel(text);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("tone", QString::fromLatin1(tone));
    return label;
}

QLineEdit* makeSecretField(const char* name)
{
    auto* const field = new QLineEdit;
    field->setObjectName(QString::fromLatin1(name));
    field->setEchoMode(QLineEdit::Password);
    field->setMaxLength(4096);
    return field;
}

base::Secret secretOf(const QLineEdit& field)
{
    return base::Secret(field.text().trimmed().toStdString());
}
} // namespace

AccountSection::AccountSection(desk::Accounts& accounts, desk::Accounts::Kind kind, const QString& title,
                               const QString& about)
    : m_accounts(accounts), m_kind(kind), m_state(makeText("dim")), m_secret(makeSecretField("client_secret")),
      m_token(makeSecretField("refresh_token")), m_outcome(makeText("")), m_choice(new QWidget),
      m_account(new QComboBox)
{
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::unit);
    layout->addWidget(makeText("strong", title));
    layout->addWidget(makeText("faint", about));
    m_state->setObjectName(QStringLiteral("state"));
    layout->addWidget(m_state);

    auto* const form = new QFormLayout;
    form->setHorizontalSpacing(24);
    form->setVerticalSpacing(Theme::unit);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Client secret"), m_secret);
    form->addRow(tr("Refresh token"), m_token);
    layout->addLayout(form);

    auto* const buttons = new QHBoxLayout;
    buttons->setSpacing(Theme::unit);
    m_check = addButton(tr("Verify"), "verify");
    m_check->setToolTip(tr("Logs in once and asks which accounts these keys open"));
    m_store = addButton(tr("Verify and keep"), "store");
    m_store->setProperty("kind", QStringLiteral("primary"));
    m_store->setToolTip(tr("Into the system's keychain, once the broker has accepted them"));
    m_forget = addButton(tr("Forget"), "forget");
    m_forget->setToolTip(tr("Takes the keys out of the system's keychain"));
    for (QPushButton* const button : {m_check, m_store, m_forget})
        buttons->addWidget(button);
    buttons->addStretch(1);
    layout->addLayout(buttons);

    m_outcome->setObjectName(QStringLiteral("outcome"));
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    layout->addWidget(m_outcome);
    auto* const choice = new QFormLayout(m_choice);
    choice->setContentsMargins(0, 0, 0, 0);
    choice->setHorizontalSpacing(24);
    choice->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_account->setObjectName(QStringLiteral("account"));
    choice->addRow(tr("Account to open"), m_account);
    layout->addWidget(m_choice);
    m_choice->hide();
    m_outcome->hide();

    for (QLineEdit* const field : {m_secret, m_token})
        connect(field, &QLineEdit::textChanged, this, &AccountSection::showState);
    connect(m_check, &QPushButton::clicked, this, [this] {
        m_isStoreDue = false;
        check();
    });
    connect(m_store, &QPushButton::clicked, this, [this] {
        m_isStoreDue = true;
        check();
    });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        m_isForgetting = true;
        m_accounts.forget(m_kind);
    });
    connect(m_account, &QComboBox::currentIndexChanged, this,
            [this] { m_accounts.choose(m_kind, m_account->currentData().toString()); });
    connect(&m_accounts, &desk::Accounts::changed, this, [this](desk::Accounts::Kind changed) {
        if (changed == m_kind)
            showState();
    });
    connect(&m_accounts, &desk::Accounts::checked, this,
            [this](desk::Accounts::Kind checked, const desk::LoginCheck& result) {
                if (checked == m_kind)
                    onChecked(result);
            });
    connect(&m_accounts, &desk::Accounts::stored, this, [this](desk::Accounts::Kind stored, const QString& why) {
        if (stored == m_kind)
            onStored(why);
    });
    showState();
}

QPushButton* AccountSection::addButton(const QString& text, const char* name)
{
    auto* const button = new QPushButton(text);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoDefault(false); // Enter in a field is no click
    return button;
}

void AccountSection::showState()
{
    using Source = desk::Accounts::Source;
    const desk::Accounts::State state = m_accounts.state(m_kind);
    QString text;
    switch (state.source) {
    case Source::None:
        text = tr("No keys yet.");
        break;
    case Source::Reading:
        text = tr("Asking the system's keychain… It may want to be unlocked.");
        break;
    case Source::Variables:
        text = tr("Keys come from %1 in the environment; they go before any in the keychain.").arg(state.name);
        break;
    case Source::Keychain:
        text = tr("Keys are in the system's keychain.");
        break;
    }
    if (!state.trouble.isEmpty())
        text += QLatin1Char(' ') + state.trouble;
    m_state->setText(text);
    const bool isTyped = !m_secret->text().trimmed().isEmpty() && !m_token->text().trimmed().isEmpty();
    const bool isHalf = m_secret->text().trimmed().isEmpty() != m_token->text().trimmed().isEmpty();
    m_check->setEnabled(!state.isChecking && !isHalf && (isTyped || m_accounts.hasKeys(m_kind)));
    m_store->setEnabled(!state.isChecking && isTyped);
    m_forget->setEnabled(state.source == Source::Keychain);
    m_check->setText(state.isChecking ? tr("Verifying…") : tr("Verify"));
    Q_EMIT reworded();
}

void AccountSection::say(const char* tone, const QString& text)
{
    setLook(*m_outcome, "tone", QString::fromLatin1(tone));
    m_outcome->setText(text);
    m_outcome->setVisible(!text.isEmpty());
    Q_EMIT reworded();
}

desk::Keys AccountSection::typed() const
{
    return {secretOf(*m_secret), secretOf(*m_token)};
}

void AccountSection::check()
{
    m_choice->hide();
    m_tried = typed();
    if (const auto begun = m_accounts.check(m_kind, typed()); !begun)
        say("loss", QString::fromStdString(begun.error().message()));
    else
        say("dim", tr("Logging in…"));
    showState();
}

void AccountSection::onChecked(const desk::LoginCheck& result)
{
    showState();
    if (!result.why.isEmpty()) {
        say("loss", result.isRefused ? tr("The broker refused this login: %1 Nothing was kept.").arg(result.why)
                                     : tr("The broker could not be asked: %1 Nothing was kept.").arg(result.why));
        m_isStoreDue = false;
        m_tried = {};
        return;
    }
    if (result.accounts.empty()) {
        say("warning", tr("The login is accepted, but it opens no account. Nothing was kept."));
        m_isStoreDue = false;
        m_tried = {};
        return;
    }
    say("gain",
        tr("The login is accepted and opens %n account(s).", nullptr, static_cast<int>(result.accounts.size())));
    offer(result.accounts);
    if (std::exchange(m_isStoreDue, false))
        store(); // what was tried, whatever is in the fields by now
    m_tried = {};
}

void AccountSection::store()
{
    if (const auto begun = m_accounts.store(m_kind, std::move(m_tried)); !begun)
        say("loss", QString::fromStdString(begun.error().message()));
}

void AccountSection::onStored(const QString& why)
{
    const bool wasForgetting = std::exchange(m_isForgetting, false);
    if (!why.isEmpty()) {
        say("loss", why);
        return;
    }
    if (wasForgetting) {
        say("dim", tr("The keys are forgotten. A session that is open goes on until it ends."));
        m_choice->hide();
    } else {
        // Not in a field of this window for longer than it takes.
        m_secret->clear();
        m_token->clear();
        say("gain", tr("The login is accepted, and the keys are in the system's keychain."));
    }
    showState();
}

void AccountSection::offer(const std::vector<desk::ConnectedAccount>& accounts)
{
    const QSignalBlocker quiet(m_account);
    const QString chosen = m_accounts.state(m_kind).account;
    m_account->clear();
    m_account->addItem(tr("The first that may trade"), QString());
    for (const desk::ConnectedAccount& account : accounts) {
        QString text = account.number + QStringLiteral(" · ") + account.nickname + QStringLiteral(" · ") + account.type;
        if (account.isClosed)
            text += QStringLiteral(" · ") + tr("closed");
        else if (!account.mayTrade)
            text += QStringLiteral(" · ") + tr("may only be looked at");
        m_account->addItem(text, account.number);
        if (account.number == chosen)
            m_account->setCurrentIndex(m_account->count() - 1);
    }
    if (!chosen.isEmpty() && m_account->currentIndex() == 0) {
        m_account->addItem(tr("%1 · not one of this login").arg(chosen), chosen);
        m_account->setCurrentIndex(m_account->count() - 1);
    }
    m_account->setEnabled(!m_accounts.isAccountDecided());
    m_account->setToolTip(m_accounts.isAccountDecided() ? tr("TW_ACCOUNT says which one") : QString());
    m_choice->show();
    Q_EMIT reworded();
}

AccountsDialog::AccountsDialog(desk::Accounts& accounts, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("accounts_dialog"));
    setWindowTitle(tr("Accounts"));
    setFixedWidth(dialogWidth);
    auto* const layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 16);
    layout->setSpacing(3 * Theme::unit);
    auto* const sandbox =
        new AccountSection(accounts, desk::Accounts::Kind::Certification, tr("Sandbox at the broker (certification)"),
                           tr("Practice orders, no real money. Create a grant on the broker's sandbox page."));
    sandbox->setObjectName(QStringLiteral("sandbox"));
    layout->addWidget(sandbox);
    auto* const live = new AccountSection(accounts, desk::Accounts::Kind::Live, tr("Production"),
                                          tr("Your real account. A grant that may only read is enough for production "
                                             "quotes beside sandbox orders. Create "
                                             "it at the broker: My Profile, API, OAuth Applications, Create Grant."));
    live->setObjectName(QStringLiteral("live"));
    layout->addWidget(live);
    layout->addWidget(
        makeText("faint", tr("Keys are kept in the system's keychain and nowhere else; they are not shown "
                             "again. After two refused logins in a row no more are tried for a while, "
                             "because the broker locks an address out for hours.")));
    layout->addStretch(1);
    auto* const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const AccountSection* const section : {sandbox, live})
        connect(section, &AccountSection::reworded, this, &AccountsDialog::fit);
    fit();
}

/// Wrapped text grows downwards, which neither a form nor a dialog notices by itself.
void AccountsDialog::fit()
{
    ensurePolished();
    const QMargins margins = layout()->contentsMargins();
    for (QLabel* const label : findChildren<QLabel*>()) {
        label->ensurePolished();
        if (label->wordWrap() && !label->text().isEmpty())
            label->setMinimumHeight(label->heightForWidth(dialogWidth - margins.left() - margins.right()));
    }
    layout()->activate();
    setMinimumHeight(layout()->minimumSize().height());
    resize(dialogWidth, minimumHeight());
}

} // namespace vegadesk::ui
