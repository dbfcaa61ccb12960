using System.Management.Automation;
using System.Reflection;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Reads the properties of the custom objects of a pipe, most of which are of one type.</summary>
internal sealed class CustomProperties
{
    // PowerShell looks for properties in the object, in the table of types and in adapters, which takes four times as long as to read
    // those that the object itself has. It has no public member for the latter; without this one all are enumerated.
    private static readonly Func<PSObject, PSMemberInfoCollection<PSMemberInfo>>? s_ownMembers = typeof(PSObject)
        .GetProperty("InstanceMembers", BindingFlags.NonPublic | BindingFlags.Instance)?
        .GetMethod?
        .CreateDelegate<Func<PSObject, PSMemberInfoCollection<PSMemberInfo>>>();

    private readonly List<KeyValuePair<string, object?>> _properties = [];
    private string? _type;
    private int _typeCount;
    private bool _hasOwnOnly;

    /// <summary>The properties with their values. The list is valid until the next call.</summary>
    public List<KeyValuePair<string, object?>> Of(PSObject custom)
    {
        if (custom.TypeNames is var types && (types.Count != _typeCount || types[0] != _type))
        {
            _typeCount = types.Count;
            _type = _typeCount > 0 ? types[0] : null;
            _hasOwnOnly = s_ownMembers is not null && _typeCount > 0 && HasOwnOnly(custom);
        }

        if (!_hasOwnOnly)
        {
            return PowerShellValue.Properties(custom);
        }

        _properties.Clear();
        foreach (PSMemberInfo member in s_ownMembers!(custom))
        {
            if (IsProperty(member))
            {
                _properties.Add(new(member.Name, member.Value));
            }
        }

        return _properties;
    }

    /// <summary>The table of types adds nothing to objects of this type.</summary>
    private static bool HasOwnOnly(PSObject custom)
        => custom.Properties.Select(property => property.Name).SequenceEqual(s_ownMembers!(custom).Where(IsProperty).Select(member => member.Name));

    /// <summary>PowerShell adds members of its own to an object, one of which is a property.</summary>
    private static bool IsProperty(PSMemberInfo member) => member is PSPropertyInfo && member.Name != "pstypenames";
}
