using System.Globalization;
using System.Reflection;

namespace ConnectorDb.Server.Hosting;

/// <summary>A setting of the server: its names, what it means, and which values it can have.</summary>
internal sealed class Setting
{
    private static readonly ServerOptions s_unset = new();
    private readonly PropertyInfo _property;
    private readonly Type _type;
    private readonly SettingAttribute _rule;

    private Setting(PropertyInfo property)
    {
        _property = property;
        _type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        _rule = property.GetCustomAttribute<SettingAttribute>()!;
    }

    public static IReadOnlyList<Setting> All { get; } = [.. typeof(ServerOptions).GetProperties().Select(property => new Setting(property))];

    /// <summary>As it is called in files: <c>BodyLimit</c>.</summary>
    public string Key => _property.Name;

    /// <summary>As it is called on the command line: <c>--body-limit</c>.</summary>
    public string Name => "--" + string.Concat(Key.Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "-" : "")}{char.ToLowerInvariant(c)}" : c.ToString()));

    public string Description => _rule.Description;

    /// <summary>On or off: its name alone turns it on.</summary>
    public bool IsSwitch => _type == typeof(bool);

    /// <summary>What it is when nobody sets it; null for nothing.</summary>
    public object? Default => _property.GetValue(s_unset);

    private long Most => _type == typeof(int) ? Math.Min(_rule.Most, int.MaxValue) : _rule.Most;

    private string Expected => IsSwitch ? "true or false"
        : _type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(_type))}"
        : _type == typeof(string) ? "a text that is not empty"
        : Most is int.MaxValue or long.MaxValue ? $"a whole number, {_rule.Least} or more"
        : $"a whole number from {_rule.Least} to {Most}";

    /// <summary>Sets it; the answer is what is wrong with the value, if anything is.</summary>
    public string? Set(ServerOptions options, string? value)
    {
        if (Parse(value ?? "") is not { } parsed)
        {
            return $"{Name} cannot be '{value}': it has to be {Expected}.";
        }

        _property.SetValue(options, parsed);
        return null;
    }

    private object? Parse(string value)
        => _type == typeof(string) ? value.Length > 0 || Default is not null ? value : null
        : IsSwitch ? bool.TryParse(value, out bool isOn) ? isOn : null
        : _type.IsEnum ? Enum.TryParse(_type, value, ignoreCase: true, out object? named) && Enum.IsDefined(_type, named) ? named : null
        : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && number >= _rule.Least && number <= Most
            ? Convert.ChangeType(number, _type, CultureInfo.InvariantCulture)
            : null;
}
