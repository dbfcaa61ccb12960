using System.Text.RegularExpressions;
using ConnectorDb.Core.Protocol;

namespace ConnectorDb.Server.Api;

/// <summary>
/// Prefixes error messages with those of ConnectorDB 0.3, because its clients may look for them. <see cref="Failure.Detail"/>
/// contains our message alone.
/// </summary>
internal static class ConnectorDb03Messages
{
    /// <summary>The number of characters of a script that are repeated.</summary>
    private const int MaxQuote = 200;

    private const string Forbidden = "Can't access this resource.";

    /// <summary>The beginning of our message as a pattern, and the message of ConnectorDB 0.3 for it. The first that matches counts.</summary>
    private static readonly (Regex Ours, string Theirs)[] s_texts =
    [
        .. Texts(
            (@"^A dataset needs at least one column", "The dataset query must have a dataset!"),
            (@"^The rows of a dataset come either", "Dataset must be either time or stream based. Not both."),
            (@"^A dataset over a stream already has a column called '(.*?)'", "Dataset already contains field of name '$1'"),
            (@"^(A dataset from |The dataset has no room for a row)", "Tdataset range invalid"),
            (@"^(The rows of a dataset lie |The dataset would have |Times around )", "To avoid abuse, Tdataset is limited to a max of 10000000 datapoints with min dt 0.001000"),
            (@"^The query of '.*?' has a range by index and one by time", "Only one query method (index or time) can be used at a time"),
            (@"^The range of '.*?' starts at index", "Invalid index range."),
            (@"^A result cannot be sent\. JSON cannot hold the number Infinity", "json: unsupported value: +Inf."),
            (@"^A result cannot be sent\. JSON cannot hold the number -Infinity", "json: unsupported value: -Inf."),
            (@"^A result cannot be sent\. JSON cannot hold the number NaN", "json: unsupported value: NaN."),
            (@"^'(.*?)' is not a valid user name: it is reserved", "Username '$1' not allowed"),
            (@"^''? is not a valid|^'[^']*[/\\\\? ][^']*' is not a valid", "The given name did not pass sanitation."),
            (@"^'.*?' is not a valid device name", @"The provided name is not valid, it may not contain /, \, space, ? or be blank."),
            (@"^'.*?' is not a valid path", "The given path is invalid."),
            (@"^'.*?' is not a valid ", @"Invalid Username, usernames may not contain / \ ? or spaces."),
            (@"is not an e-mail address", "Invalid Email Address."),
            (@"^There is no role '(.*?)' for '[^/']+'", "The given role '$1' does not exist."),
            (@"^There is no role '(.*?)' for", "Could not find device role '$1'."),
            (@"cannot be public while its user", "Can't make private user have public device."),
            (@"cannot be deleted alone", "user device cannot be deleted."),
            (@"may not set (\w+)", "This device does not have permissions to write $1."),
            (@"may not list users", "You do not have permissions necessary to list users."),
            (@"may not create '[^/']+'", "You do not have permissions necessary to create a user."),
            (@"cannot write to the downlink of its own", "Write access to stream downlink denied."),
            (@"^Only '.*?' can write to the stream", "Write access to stream data denied.")),
    ];

    public static Failure AddTo(Failure failure, CdbException error) => Of(error) is { } prefix && !error.Message.StartsWith(prefix.TrimEnd('.', '!'), StringComparison.Ordinal)
        ? failure with { Message = $"{prefix}{(prefix[^1] is '.' or '!' ? "" : ".")} {error.Message}", Detail = error.Message }
        : failure;

    private static string? Of(CdbException error) => error switch
    {
        AuthenticationException { Target: string } => "Login Failed. Check your username or password.",
        NotFoundException => Forbidden,
        SchemaViolationException => "At least one datapoint did not conform to the stream's schema.",
        TimeOrderException { Index: 0 } => "Greater timestamp already exists for the stream. Insert Failed.",
        TimeOrderException => "Timestamps are not ordered!",
        InvalidSchemaException => "The provided schema is not a valid JSONSchema.",
        ScriptSyntaxException script => OfScript(script),
        ScriptRuntimeException script => script.Original,
        NameTakenException { Target: CdbPath { Kind: CdbPathKind.User } } => "User with this email or username already exists.",
        NameTakenException { Target: CdbPath { Kind: CdbPathKind.Stream } } => "Stream with this name already exists.",
        NameTakenException => "Device with this name already exists.",
        AuthenticationException or InvalidNameException or InvalidRangeException or InvalidValueException => OfText(error.Message),
        PermissionDeniedException => OfText(error.Message) ?? (error.Target is CdbPath ? Forbidden : null),
        _ => null,
    };

    private static string OfScript(ScriptSyntaxException error)
    {
        string script = Start(error.Script);
        return Regex.Match(error.Message, "^There is no transform '(.*?)'", RegexOptions.None, Regex.InfiniteMatchTimeout) is { Success: true } missing
            ? $"Script '{script}': Transform {Start(missing.Groups[1].Value)} not found."
            : $"Script '{script}': syntax error.";
    }

    private static string Start(string text) => text.Length > MaxQuote ? text[..MaxQuote] + "…" : text;

    private static string? OfText(string message)
    {
        foreach ((Regex ours, string theirs) in s_texts)
        {
            if (ours.Match(message) is { Success: true } match)
            {
                return match.Result(theirs);
            }
        }

        return null;
    }

    private static IEnumerable<(Regex Ours, string Theirs)> Texts(params (string Ours, string Theirs)[] texts)
        => texts.Select(text => (new Regex(text.Ours, RegexOptions.CultureInvariant), text.Theirs));
}
