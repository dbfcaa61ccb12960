using System.Globalization;
using System.Text;
using ConnectorDb.Server.Hosting;

namespace ConnectorDb.Server.Monitoring;

/// <summary>Writes what is logged to a file, an entry a line: when (UTC), how grave, who, what. What goes on in further lines is indented.</summary>
internal sealed class LogFileProvider(LogFile file, TimeProvider time) : ILoggerProvider
{
    private const string NextLine = "\n    ";

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => file.Dispose();

    private void Write(string category, LogLevel level, string message, Exception? error)
    {
        StringBuilder entry = new();
        entry.Append(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {level} {category}: ");
        AppendPlain(entry, message);
        if (error is not null)
        {
            entry.Append(NextLine);
            AppendPlain(entry, error.ToString());
        }

        file.Write(entry.Append('\n').ToString());
    }

    /// <summary>What callers send must neither look like an entry of its own nor steer the terminal that shows it.</summary>
    private static void AppendPlain(StringBuilder entry, string text)
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
