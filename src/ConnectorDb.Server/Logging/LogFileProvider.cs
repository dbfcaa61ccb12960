using System.Globalization;
using System.Text;

namespace ConnectorDb.Server.Logging;

/// <summary>Writes each log entry as one line: time (UTC), level, category, message. Continuation lines are indented.</summary>
internal sealed class LogFileProvider(LogFile file, TimeProvider time) : ILoggerProvider
{
    private const string NextLine = "\n    ";

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => file.Dispose();

    private void Write(string category, LogLevel level, string message, Exception? error)
    {
        StringBuilder entry = new();
        entry.Append(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {category}: ");
        AppendEscaped(entry, message);
        if (error is not null)
        {
            entry.Append(NextLine);
            AppendEscaped(entry, error.ToString());
        }

        file.Write(entry.Append('\n').ToString());
    }

    // Text from callers must not forge log entries (line breaks) or control the terminal that shows the log (escape sequences).
    private static void AppendEscaped(StringBuilder entry, string text)
    {
        foreach (char c in text)
        {
            _ = c switch
            {
                '\n' => entry.Append(NextLine),
                '\r' => entry,
                '\t' => entry.Append(c),
                _ when char.IsControl(c) => entry.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => entry.Append(c),
            };
        }
    }

    private sealed class Category(LogFileProvider provider, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                provider.Write(name, logLevel, formatter(state, exception), exception);
            }
        }
    }
}
