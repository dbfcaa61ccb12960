<#
.SYNOPSIS
    Returns the web address of the repository, and of its files at this commit, from the remote "origin".
.DESCRIPTION
    Returns nothing in a clone without a remote on the web. No address is written into the sources, so a fork names itself.
#>
function Get-RepositoryAddress {
    param([Parameter(Mandatory)] [string] $Root)

    $remote = git -C $Root config --get remote.origin.url
    $web = switch -Regex ($remote) {
        '^https?://(?:[^@/]+@)?(?<at>.+?)(?:\.git)?/?$' { "https://$($Matches.at)" }
        '^(?:ssh://)?git@(?<host>[^:/]+)(?::\d+/|[:/])(?<path>.+?)(?:\.git)?/?$' { "https://$($Matches.host)/$($Matches.path)" }
    }
    if ($web) {
        [pscustomobject]@{ Web = $web; Files = "$web/blob/$(git -C $Root rev-parse HEAD)" }
    }
}

<#
.SYNOPSIS
    Returns the time of the packed commit; in a downloaded archive, which is no clone, the time of the manifest, which is the same.
#>
function Get-CommitTime {
    param([Parameter(Mandatory)] [string] $Root)

    if (Test-Path "$Root/.git") {
        [datetimeoffset] (git -C $Root log -1 --format=%cI)
    }
    else {
        [datetimeoffset] (Get-Item "$Root/ConnectorDb.psd1").LastWriteTime
    }
}
