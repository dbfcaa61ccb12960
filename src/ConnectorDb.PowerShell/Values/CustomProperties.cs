using System.Collections.ObjectModel;
using System.Collections.Specialized;
using System.Management.Automation;

namespace ConnectorDb.PowerShell.Values;

/// <summary>Reads the properties of the custom objects of a pipe, most of which are of one type.</summary>
internal sealed class CustomProperties
{
    private readonly List<KeyValuePair<string, object?>> _properties = [];
    private string? _type;
    private int _typeCount;
    private bool _hasOwnOnly;

    /// <summary>The properties with their values. The list is valid until the next call.</summary>
    public List<KeyValuePair<string, object?>> Of(PSObject custom)
    {
        Collection<string> types = OwnMembers.TypeNames(custom);
        if (types.Count != _typeCount || types[0] != _type)
        {
            _typeCount = types.Count;
            _type = _typeCount > 0 ? types[0] : null;
            _hasOwnOnly = OwnMembers.AreReadable && _typeCount > 0 && HasOwnOnly(custom);
        }

        if (!_hasOwnOnly)
        {
            return PowerShellValue.Properties(custom);
        }

        ReadOwn(custom);
        return _properties;
    }

    /// <summary>The table of types adds nothing to objects of this type.</summary>
    private bool HasOwnOnly(PSObject custom)
    {
        ReadOwn(custom);
        return custom.Properties.Select(property => property.Name).SequenceEqual(_properties.Select(property => property.Key));
    }

    private void ReadOwn(PSObject custom)
    {
        _properties.Clear();
        OrderedDictionary members = OwnMembers.Of(custom);
        lock (members)
        {
            for (int i = 0; i < members.Count; i++)
            {
                // PowerShell adds members of its own to an object, one of which is a property.
                if (members[i] is PSPropertyInfo property && property.Name != "pstypenames")
                {
                    _properties.Add(new(property.Name, property));
                }
            }
        }

        // Without the lock, because a property may be a script.
        for (int i = 0; i < _properties.Count; i++)
        {
            (string name, object? property) = _properties[i];
            _properties[i] = new(name, ((PSPropertyInfo)property!).Value);
        }
    }
}
