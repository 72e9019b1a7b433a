// What ESPHome and the device files use of the library ArduinoJson, for the host build of the tests: PlatformIO, which would
// bring the library, is not needed there. Written anew. Numbers are written as the library documents it: a float has seven
// digits and at most six decimals, a double ten and nine, powers of ten from 1e7 on and down from 1e-5; NaN and infinity are null.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace ArduinoJson {

struct Value;
using Members = std::vector<std::pair<std::string, Value>>;
using Elements = std::vector<Value>;

struct Value {
  std::variant<std::nullptr_t, bool, int64_t, uint64_t, float, double, std::string, std::shared_ptr<Members>,
               std::shared_ptr<Elements>>
      content = nullptr;
};

inline Value *find(const std::shared_ptr<Members> &members, const std::string &name) {
  if (members == nullptr) return nullptr;
  for (auto &[known, value] : *members)
    if (known == name) return &value;
  return nullptr;
}

// ---- Writing

inline std::string text(double value, int digits) {
  if (!std::isfinite(value)) return "null";
  double size = std::fabs(value);
  int power = 0;
  if (size >= 1e7 || (size > 0 && size <= 1e-5)) {
    power = static_cast<int>(std::floor(std::log10(size)));
    size /= std::pow(10.0, power);
  }
  int places = digits - 1;
  for (double whole = size; whole >= 10; whole /= 10) places -= 1;
  char room[64];
  std::snprintf(room, sizeof room, "%.*f", places, size);
  std::string written = room;
  if (written.find('.') != std::string::npos) {
    written.erase(written.find_last_not_of('0') + 1);
    if (written.back() == '.') written.pop_back();
  }
  if (power != 0) written += "e" + std::to_string(power);
  return value < 0 ? "-" + written : written;
}

inline std::string text(const std::string &value) {
  std::string written = "\"";
  for (const unsigned char byte : value) {
    char escaped[8];
    if (byte == '"' || byte == '\\') {
      written += '\\';
      written += static_cast<char>(byte);
    } else if (byte < 0x20) {
      std::snprintf(escaped, sizeof escaped, "\\u%04x", byte);
      written += escaped;
    } else {
      written += static_cast<char>(byte);
    }
  }
  return written + '"';
}

inline std::string text(const Value &value);

inline std::string text(const Members &members) {
  std::string written = "{";
  for (const auto &[name, value] : members) {
    if (written.size() > 1) written += ',';
    written += text(name) + ':' + text(value);
  }
  return written + '}';
}

inline std::string text(const Elements &elements) {
  std::string written = "[";
  for (const auto &value : elements) {
    if (written.size() > 1) written += ',';
    written += text(value);
  }
  return written + ']';
}

inline std::string text(const Value &value) {
  return std::visit(
      [](const auto &content) -> std::string {
        using Content = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<Content, std::nullptr_t>) return "null";
        else if constexpr (std::is_same_v<Content, bool>) return content ? "true" : "false";
        else if constexpr (std::is_integral_v<Content>) return std::to_string(content);
        else if constexpr (std::is_same_v<Content, float>) return text(content, 7);
        else if constexpr (std::is_same_v<Content, double>) return text(content, 10);
        else if constexpr (std::is_same_v<Content, std::string>) return text(content);
        else return text(*content);
      },
      value.content);
}

// ---- Reading

class Reader {
 public:
  enum class Fault { none, incomplete, invalid, tooDeep };

  Reader(const char *begin, size_t length) : next_(begin), end_(begin + length) {}

  Fault fault() const { return fault_; }

  Value value(int depth = 0) {
    if (depth > 10) return fail(Fault::tooDeep);
    switch (peek()) {
      case 0: return fail(Fault::incomplete);
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return {string()};
      case 't': return word("true", {true});
      case 'f': return word("false", {false});
      case 'n': return word("null", {nullptr});
      default: return number();
    }
  }

 private:
  const char *next_;
  const char *end_;
  Fault fault_ = Fault::none;

  Value fail(Fault fault) {
    if (fault_ == Fault::none) fault_ = next_ == end_ ? Fault::incomplete : fault;
    return {};
  }

  char peek() {
    while (next_ < end_ && std::strchr(" \t\r\n", *next_) != nullptr && *next_ != 0) next_ += 1;
    return next_ < end_ ? *next_ : 0;
  }

  bool take(char wanted) {
    if (peek() != wanted) return false;
    next_ += 1;
    return true;
  }

  Value word(const char *wanted, Value value) {
    const size_t length = std::strlen(wanted);
    if (static_cast<size_t>(end_ - next_) < length || std::strncmp(next_, wanted, length) != 0)
      return fail(Fault::invalid);
    next_ += length;
    return value;
  }

  Value number() {
    const char *begin = next_;
    while (next_ < end_ && std::strchr("+-.0123456789eE", *next_) != nullptr && *next_ != 0) next_ += 1;
    const std::string digits(begin, next_);
    char *rest = nullptr;
    const double number = std::strtod(digits.c_str(), &rest);
    if (digits.empty() || *rest != 0) return fail(Fault::invalid);
    if (digits.find_first_of(".eE") != std::string::npos) return {number};
    return {static_cast<int64_t>(std::strtoll(digits.c_str(), nullptr, 10))};
  }

  std::string string() {
    std::string found;
    for (next_ += 1; next_ < end_ && *next_ != '"'; next_ += 1) {
      if (*next_ == '\\' && end_ - next_ > 1) {
        next_ += 1;
        escape(found);
      } else {
        found += *next_;
      }
    }
    if (next_ < end_) next_ += 1;
    else fail(Fault::incomplete);
    return found;
  }

  void escape(std::string &found) {
    static const char *const names = "bfnrt";
    static const char *const bytes = "\b\f\n\r\t";
    if (*next_ == 'u') {
      const size_t length = std::min<size_t>(4, end_ - next_ - 1);
      unicode(static_cast<uint32_t>(std::strtoul(std::string(next_ + 1, length).c_str(), nullptr, 16)), found);
      next_ += length;
    } else if (const char *name = std::strchr(names, *next_); name != nullptr && *name != 0) {
      found += bytes[name - names];
    } else {
      found += *next_;
    }
  }

  static void unicode(uint32_t code, std::string &found) {
    if (code < 0x80) {
      found += static_cast<char>(code);
    } else if (code < 0x800) {
      found += static_cast<char>(0xc0 | code >> 6);
      found += static_cast<char>(0x80 | (code & 0x3f));
    } else {
      found += static_cast<char>(0xe0 | code >> 12);
      found += static_cast<char>(0x80 | (code >> 6 & 0x3f));
      found += static_cast<char>(0x80 | (code & 0x3f));
    }
  }

  Value object(int depth) {
    auto members = std::make_shared<Members>();
    next_ += 1;
    if (take('}')) return {members};
    do {
      if (peek() != '"') return fail(Fault::invalid);
      std::string name = string();
      if (!take(':')) return fail(Fault::invalid);
      members->emplace_back(std::move(name), value(depth + 1));
    } while (fault_ == Fault::none && take(','));
    return take('}') ? Value{members} : fail(Fault::invalid);
  }

  Value array(int depth) {
    auto elements = std::make_shared<Elements>();
    next_ += 1;
    if (take(']')) return {elements};
    do elements->push_back(value(depth + 1));
    while (fault_ == Fault::none && take(','));
    return take(']') ? Value{elements} : fail(Fault::invalid);
  }
};

class JsonObject;

/// A member of an object that is read, or made by giving it a value.
class JsonVariant {
 public:
  JsonVariant(std::shared_ptr<Members> members, std::string name)
      : members_(std::move(members)), name_(std::move(name)) {}

  template<typename T> bool set(const T &value) {
    if (members_ == nullptr) return false;
    if (find(members_, name_) == nullptr) members_->emplace_back(name_, Value{});
    auto &content = find(members_, name_)->content;
    if constexpr (std::is_same_v<T, bool> || std::is_floating_point_v<T>) content = value;
    else if constexpr (std::is_unsigned_v<T>) content = static_cast<uint64_t>(value);
    else if constexpr (std::is_integral_v<T>) content = static_cast<int64_t>(value);
    else content = std::string(value);
    return true;
  }

  template<typename T> JsonVariant &operator=(const T &value) {
    set(value);
    return *this;
  }

  template<typename T> bool is() const { return get<T>() != nullptr; }

  template<typename T> T as() const {
    if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
      return number<T>();
    } else {
      const auto *found = get<T>();
      return found == nullptr ? T() : T(*found);
    }
  }

  operator JsonObject() const;

 private:
  std::shared_ptr<Members> members_;
  std::string name_;

  /// What is no number is zero.
  template<typename T> T number() const {
    const auto *value = find(members_, name_);
    if (value == nullptr) return T();
    if (const auto *whole = std::get_if<int64_t>(&value->content)) return static_cast<T>(*whole);
    const auto *real = std::get_if<double>(&value->content);
    return real == nullptr ? T() : static_cast<T>(*real);
  }

  template<typename T> const auto *get() const {
    static_assert(std::is_same_v<T, bool> || std::is_same_v<T, JsonObject>, "the device files ask for nothing else");
    using Content = std::conditional_t<std::is_same_v<T, bool>, bool, std::shared_ptr<Members>>;
    const auto *value = find(members_, name_);
    return value == nullptr ? nullptr : std::get_if<Content>(&value->content);
  }
};

/// An object of a document, or none: reading from none gives nothing.
class JsonObject {
 public:
  JsonObject() = default;
  explicit JsonObject(std::shared_ptr<Members> members) : members_(std::move(members)) {}

  JsonVariant operator[](const char *name) const { return {members_, name}; }
  bool isNull() const { return members_ == nullptr; }

 private:
  friend class JsonDocument;
  std::shared_ptr<Members> members_;
};

inline JsonVariant::operator JsonObject() const { return as<JsonObject>(); }

class JsonDocument {
 public:
  JsonDocument() = default;
  JsonDocument(const JsonObject &object) {
    if (object.members_ != nullptr) root_.content = object.members_;
  }

  bool overflowed() const { return false; }
  bool isNull() const { return std::holds_alternative<std::nullptr_t>(root_.content); }

  template<typename T> T to() {
    root_.content = std::make_shared<Members>();
    return as<T>();
  }

  template<typename T> T as() const {
    static_assert(std::is_same_v<T, JsonObject>, "a document is an object here");
    const auto *members = std::get_if<std::shared_ptr<Members>>(&root_.content);
    return members == nullptr ? JsonObject() : JsonObject(*members);
  }

 private:
  friend size_t serializeJson(const JsonDocument &, char *, size_t);
  friend class DeserializationError deserializeJson(JsonDocument &, const uint8_t *, size_t);
  Value root_;
};

class DeserializationError {
 public:
  enum Code { Ok, IncompleteInput, InvalidInput, NoMemory, TooDeep };

  DeserializationError(Code code) : code_(code) {}
  bool operator==(Code code) const { return code_ == code; }
  const char *c_str() const {
    static const char *const names[] = {"Ok", "IncompleteInput", "InvalidInput", "NoMemory", "TooDeep"};
    return names[code_];
  }

 private:
  Code code_;
};

/// Writes at most `room` bytes, with a zero behind them where there is room for it, and says how many.
inline size_t serializeJson(const JsonDocument &document, char *buffer, size_t room) {
  const std::string written = text(document.root_);
  const size_t length = std::min(written.size(), room);
  std::memcpy(buffer, written.data(), length);
  if (length < room) buffer[length] = 0;
  return length;
}

inline DeserializationError deserializeJson(JsonDocument &document, const uint8_t *bytes, size_t length) {
  Reader reader(reinterpret_cast<const char *>(bytes), length);
  document.root_ = reader.value();
  switch (reader.fault()) {
    case Reader::Fault::none: return DeserializationError::Ok;
    case Reader::Fault::incomplete: return DeserializationError::IncompleteInput;
    case Reader::Fault::invalid: return DeserializationError::InvalidInput;
    case Reader::Fault::tooDeep: return DeserializationError::TooDeep;
  }
  return DeserializationError::InvalidInput;
}

}  // namespace ArduinoJson

// The library's names are meant to be used without its namespace.
using ArduinoJson::deserializeJson;
using ArduinoJson::DeserializationError;
using ArduinoJson::JsonDocument;
using ArduinoJson::JsonObject;
using ArduinoJson::JsonVariant;
using ArduinoJson::serializeJson;
