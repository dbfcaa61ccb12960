using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using ConnectorDb.Polling;

namespace ConnectorDb.Core.Polling.Samplers;

/// <summary>Counts the entries of systemd's journal since the measurement before that match a query. The first measurement counts from its own time.</summary>
[Sampler("journal", "The number of entries of systemd's journal since the measurement before.", Argument = "Parts of a query, separated by |: FIELD=VALUE, unit NAME, priority LEVEL, grep PATTERN, folder PATH. Such as 'unit ssh.service | grep Failed password'. Without them all entries.", IsArgumentOptional = true, Platforms = ["Linux"])]
internal sealed class JournalSampler : Sampler
{
    private const string Journalctl = "journalctl";
    private const string Cursor = "__CURSOR";
    private static readonly string[] s_basic = ["--quiet", "--no-pager", "--output=json", "--output-fields=PRIORITY"];
    private static readonly SearchValues<char> s_fieldName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    private readonly List<string> _options = [];
    private readonly List<string> _matches = [];
    private string? _cursor;
    private bool _isStarted;

    public JournalSampler(SamplerContext context)
        : base(context)
    {
        foreach (string part in (context.Argument ?? "").Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Add(part);
        }
    }

    public override async ValueTask<DataValue> SampleAsync(CancellationToken cancellation)
    {
        if (!_isStarted)
        {
            // The newest entry of all, and not of those that match: there may be none of them yet.
            await CountAsync(["--lines=1", .. _options.Where(option => option.StartsWith("--directory", StringComparison.Ordinal))], cancellation).ConfigureAwait(false);
            _isStarted = true;
            return DataValue.From(0L);
        }

        return DataValue.From(await CountAsync([.. _cursor is null ? [] : (string[])[$"--after-cursor={_cursor}"], .. _options, "--", .. _matches], cancellation).ConfigureAwait(false));
    }

    private void Add(string part)
    {
        string[] words = part.Split(' ', 2, StringSplitOptions.TrimEntries);
        string? option = words[0] switch
        {
            "unit" => "--unit",
            "priority" => "--priority",
            "grep" => "--grep",
            "folder" => "--directory",
            _ => null,
        };
        if (option is not null && words.Length == 2)
        {
            _options.Add($"{option}={words[1]}");
        }
        else if (part.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && part.AsSpan(0, at).IndexOfAnyExcept(s_fieldName) < 0)
        {
            _matches.Add(part);
        }
        else
        {
            throw new InvalidValueException($"'{TextValue.Shorten(part)}' is not a part of a query of the journal. Give FIELD=VALUE, unit NAME, priority LEVEL, grep PATTERN or folder PATH, separated by |.", part);
        }
    }

    /// <summary>Counts entries, and remembers the last of them.</summary>
    private async Task<long> CountAsync(IEnumerable<string> query, CancellationToken cancellation)
    {
        (long count, string? last) = (0, null);
        try
        {
            ProgramOutput output = await ProgramOutput.ReadAsync(Journalctl, [.. s_basic, .. query], line => (count, last) = (count + 1, line), cancellation).ConfigureAwait(false);

            // No entry that matches a pattern has an exit code of its own, without a message.
            if (output.ExitCode != 0 && output.Errors.Length > 0)
            {
                throw NoValue($"{Journalctl} refuses the query '{Context.Argument}': {TextValue.Shorten(output.Errors)}");
            }

            if (last is not null)
            {
                _cursor = DataValue.Parse(last).AsObject().TryGetValue(Cursor, out DataValue cursor) ? cursor.AsText() : throw NoValue($"{Journalctl} wrote an entry without a cursor: {TextValue.Shorten(last)}");
            }

            return count;
        }
        catch (Win32Exception error)
        {
            throw new NotAvailableException($"This machine has no journal of systemd: {Journalctl} cannot be started. {error.Message}", Context.Key);
        }
        catch (JsonException error)
        {
            throw NoValue($"{Journalctl} wrote something else than entries: {TextValue.Shorten(last!)}", error);
        }
    }
}
