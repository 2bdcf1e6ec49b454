#pragma once

#include <functional>

namespace vegadesk::storage
{

/// Runs a function later on the thread its owner has in mind; callable from any thread. It must stay callable
/// until the object that holds it is gone. In a Qt program: QMetaObject::invokeMethod(object, function,
/// Qt::QueuedConnection).
using Executor = std::function<void(std::function<void()>)>;

} // namespace vegadesk::storage
