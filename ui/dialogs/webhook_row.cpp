#include "ui/dialogs/webhook_row.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <array>

namespace vegadesk::ui
{

WebhookRow::WebhookRow(desk::Desk& desk, QWidget* parent)
    : QWidget(parent), m_desk(desk), m_state(makeLabel({}, "dim", this)), m_outcome(makeLabel({}, "dim", this)),
      m_address(new QLineEdit(this)), m_keep(new QPushButton(tr("Keep"), this)),
      m_remove(new QPushButton(tr("Forget"), this)), m_test(new QPushButton(tr("Send a test"), this))
{
    m_state->setObjectName(QStringLiteral("webhook_state"));
    m_outcome->setObjectName(QStringLiteral("webhook_outcome"));
    m_outcome->setWordWrap(true);
    m_outcome->setTextFormat(Qt::PlainText);
    m_outcome->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_outcome->setMinimumHeight(m_outcome->fontMetrics().height()); // nothing moves when there is something to say
    m_address->setObjectName(QStringLiteral("webhook_address"));
    m_address->setAccessibleName(tr("Address of the webhook"));
    m_address->setEchoMode(QLineEdit::PasswordEchoOnEdit);
    m_address->setPlaceholderText(QStringLiteral("https://…"));
    m_address->setMaxLength(2048);
    m_keep->setObjectName(QStringLiteral("webhook_keep"));
    m_remove->setObjectName(QStringLiteral("webhook_forget"));
    m_test->setObjectName(QStringLiteral("webhook_test"));
    m_keep->setToolTip(tr("In the system's keychain: whoever knows the address can write there"));
    m_test->setToolTip(tr("Posts a sentence there now, and says what came of it"));
    auto* const heading = new QHBoxLayout;
    heading->addWidget(makeLabel(tr("Webhook"), "strong", this));
    heading->addWidget(m_state, 1);
    auto* const row = new QHBoxLayout;
    row->setSpacing(Theme::unit);
    row->addWidget(m_address, 1);
    for (QPushButton* const button : std::array{m_keep, m_remove, m_test}) {
        button->setAutoDefault(false); // Enter in a field is no click
        row->addWidget(button);
    }
    auto* const column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    column->addLayout(heading);
    column->addLayout(row);
    column->addWidget(m_outcome);

    connect(m_address, &QLineEdit::textChanged, this, &WebhookRow::showState);
    connect(m_keep, &QPushButton::clicked, this, [this] {
        if (keepTyped())
            say("dim", tr("Rules that call the webhook send there from now on."));
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        (void)m_desk.setWebhook({}); // nothing is no wrong address
        say("dim", tr("Forgotten."));
        showState();
    });
    connect(m_test, &QPushButton::clicked, this, &WebhookRow::test);
    connect(&m_desk, &desk::Desk::webhookAnswered, this, [this](const QString& why) {
        if (!std::exchange(m_isTesting, false))
            return;
        say(why.isEmpty() ? "gain" : "loss", why.isEmpty() ? tr("● Sent, and taken.") : QStringLiteral("▲ ") + why);
        showState();
    });
    showState();
}

void WebhookRow::showState()
{
    const std::shared_ptr<const desk::AlertsView> view = m_desk.alerts();
    const bool isSet = !view->webhook.empty(), isTyped = !m_address->text().trimmed().isEmpty();
    m_state->setText(isSet ? tr("alerts go to %1").arg(text(view->webhook)) : tr("none is set"));
    m_keep->setEnabled(isTyped);
    m_remove->setEnabled(isSet);
    m_test->setEnabled((isSet || isTyped) && !m_isTesting);
}

bool WebhookRow::keepTyped()
{
    if (const auto done = m_desk.setWebhook(m_address->text()); !done) {
        say("loss", tr("▲ That is no address: it begins with http:// or https:// and names a host."));
        return false;
    }
    m_address->clear();
    return true;
}

void WebhookRow::test()
{
    if (!m_address->text().trimmed().isEmpty() && !keepTyped())
        return;
    m_isTesting = true;
    say("dim", tr("Sending…"));
    if (const auto begun = m_desk.testWebhook(); !begun) {
        m_isTesting = false;
        say("loss", text(begun.error().message()));
    }
    showState();
}

void WebhookRow::say(const char* tone, const QString& text)
{
    setLook(*m_outcome, "tone", QString::fromLatin1(tone));
    m_outcome->setText(text);
}

} // namespace vegadesk::ui
