BeforeAll {
    . "$PSScriptRoot/store.ps1"
    $null = New-CdbDevice pi -Stream @{ temp1 = @{}; temp2 = @{}; door = @{} }
    $pi = Connect-Cdb -Path $store -As pi
    1..3 | Add-CdbDatapoint temp1 -Connection $pi
    4..5 | Add-CdbDatapoint temp2 -Connection $pi
    Disconnect-Cdb $pi
}

AfterAll { Get-CdbConnection | Disconnect-Cdb }

Describe 'A path with wildcards' {
    It 'reads, counts and merges the streams that it matches' {
        (Get-CdbDatapoint pi/temp*).Data | Should -Be 1, 2, 3, 4, 5
        Measure-CdbStream 'pi/temp[12]' | ForEach-Object Count | Should -Be 3, 2
        (Invoke-CdbMerge pi/t*).Data | Should -Be 1, 2, 3, 4, 5
        (Watch-CdbStream */temp? -Last 1 -Count 2).Data | Sort-Object | Should -Be 3, 5
    }

    It 'registers a subscription for each' {
        $subscriptions = Register-CdbSubscription pi/temp* -Action { }
        $subscriptions.Stream | ForEach-Object { "$_" } | Should -Be 'me/pi/temp1', 'me/pi/temp2'
        $subscriptions | Unregister-CdbSubscription
    }

    It 'exports a column for each stream' {
        $file = Join-Path $TestDrive 'wild.csv'
        Export-CdbCsv $file pi/temp*
        (Get-Content $file -TotalCount 1) | Should -BeLike '*temp1*temp2*'
    }

    It 'tests whether there is a match' {
        Test-CdbItem pi/temp* | Should -BeTrue
        Test-CdbItem p? -Kind Device | Should -BeTrue
        Test-CdbItem none* | Should -BeFalse
    }

    It 'changes each' {
        Set-CdbStream pi/temp* -Nickname 'Warm'
        (Get-CdbStream pi/*).Nickname | Should -Be '', 'Warm', 'Warm'
    }

    It 'exports several items to one folder' {
        $folder = Join-Path $TestDrive 'items'
        $null = Export-CdbItem pi/temp* $folder
        (Get-ChildItem $folder).Name | Should -Be 'temp1', 'temp2'
        $null = Export-CdbItem m* (Join-Path $TestDrive 'users') -Kind User
        (Get-ChildItem (Join-Path $TestDrive 'users') -Directory).Name | Should -Be 'me'
    }

    It 'writes no file when it matches nothing, and says so: <_>' -ForEach "Export-CdbCsv ./none.csv", "Export-CdbChart ./none.svg" {
        Push-Location $TestDrive
        Invoke-Expression "$_ none*, zero* -ErrorAction Stop -WarningVariable warnings -WarningAction SilentlyContinue" | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*none.* was not written.'
        './none.*' | Should -Not -Exist
        Pop-Location
    }

    It 'is an error where one stream is needed, which names the way: <_>' -ForEach @(
        '1 | Add-CdbDatapoint pi/t*', 'Import-CdbCsv ./x.csv pi/t*', "Invoke-CdbDataset -Every 1h -Since 1d -Column 'pi/t*:mean'"
    ) {
        Set-Content ./x.csv "Timestamp,Data`n2026-01-01,1"
        { Invoke-Expression "$_ -ErrorAction Stop" } | Should -Throw -ErrorId 'InvalidName*' -ExpectedMessage "*has a wildcard*Get-CdbStream 'pi/t*"
        Remove-Item ./x.csv
    }

    It 'deletes each, and none with -WhatIf' {
        Remove-CdbStream pi/temp* -WhatIf
        Get-CdbStream pi/temp* | Should -HaveCount 2
        Remove-CdbDatapoint pi/temp* -Last 1 -Confirm:$false
        Measure-CdbStream pi/temp* | ForEach-Object Count | Should -Be 2, 1
        Remove-CdbStream pi/temp* -Confirm:$false
        (Get-CdbStream pi/*).Name | Should -Be 'door'
    }

    It 'is no name of a new stream' {
        { New-CdbStream new* -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidName*' -ExpectedMessage "*'``*' is not allowed*"
    }
}

Describe 'Get-CdbStream -Recurse' {
    It 'is an error for a name that no device has' {
        (Get-CdbStream door -Recurse).Path | Should -Be 'me/pi/door'
        { Get-CdbStream missing -Recurse -ErrorAction Stop } | Should -Throw -ErrorId 'NotFound*' -ExpectedMessage "*'missing' in any device of 'me'*"
    }
}

Describe 'Names of poll items' {
    It 'can be patterns, or look like one' {
        $config = Join-Path $TestDrive 'poll.json'
        'disk [1]', 'disk 1', 'disk 2', 'cpu' | ForEach-Object { Add-CdbPollItem $_ system.cpu -Interval 1h -Path $config }
        (Get-CdbPollItem 'disk [1]' -Path $config).Name | Should -Be 'disk [1]'
        Remove-CdbPollItem 'disk [1]' -Path $config -Confirm:$false
        (Get-CdbPollItem -Path $config).Name | Should -Be 'disk 1', 'disk 2', 'cpu'
        Remove-CdbPollItem disk* -Path $config -Confirm:$false
        (Get-CdbPollItem -Path $config).Name | Should -Be 'cpu'
        { Remove-CdbPollItem none* -Path $config -Confirm:$false -ErrorAction Stop } | Should -Not -Throw
    }
}

# As in Get-ChildItem none*: what is not found by a pattern is no error, only by a name.
Describe 'A pattern without a match' {
    BeforeDiscovery {
        Import-Module ($env:CONNECTORDB_MANIFEST ?? "$PSScriptRoot/../../ConnectorDb.psd1")

        # The arguments beside the parameter.
        $others = @{
            'Export-CdbChart' = './none.svg'; 'Export-CdbChart -Right' = './right.svg door'; 'Export-CdbCsv' = './none.csv'
            'Export-CdbItem' = '-Destination ./none'; 'Get-CdbPollItem' = '-Path ./poll.json'; 'Remove-CdbPollItem' = '-Path ./poll.json'; 'Register-CdbSubscription' = '-Action { }'
            'Remove-CdbDatapoint' = '-Last 1'; 'Set-CdbStream' = '-Nickname x'; 'Set-CdbDevice' = '-Nickname x'; 'Set-CdbUser' = '-Nickname x'
        }
        $calls = Get-Command -Module ConnectorDb -CommandType Cmdlet | ForEach-Object {
            $command = $_
            $properties = $command.ImplementingType.GetProperties() | Where-Object { $_.CustomAttributes.AttributeType.Name -contains 'SupportsWildcardsAttribute' }
            foreach ($name in $properties.Name) {
                @{
                    Call = "$command -$name none* $($others["$command -$name"] ?? $others["$command"]) -ErrorAction Stop"
                    IsTest = "$command" -eq 'Test-CdbItem'
                    Acts = $command.Verb -notin 'Get', 'Measure', 'Test', 'Invoke'
                }
            }
        }
    }

    BeforeAll {
        Push-Location $TestDrive
        $null = New-CdbStream door
        Add-CdbDatapoint door 1
        Add-CdbPollItem load system.cpu -Interval 1h -Path ./poll.json
        $null = New-CdbLogger ./cache.db -Sink (New-CdbSink -JsonFile ./a.jsonl)
    }

    AfterAll {
        Stop-CdbLogger -WarningAction Ignore
        Pop-Location
    }

    It 'is no error, and a warning where something would have been done: <Call>' -ForEach $calls {
        Invoke-Expression "$Call -WarningVariable warnings -WarningAction SilentlyContinue" | Should -Be $(if ($IsTest) { $false })
        if ($Acts) {
            $warnings | Should -HaveCount 1
            "$warnings" | Should -Match "No .* matches|There is nothing to draw|matches none"
        } else {
            $warnings | Should -BeNullOrEmpty
        }
    }

    It 'is compared without the culture of the session, where Turkish has two letters i' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            [cultureinfo]::CurrentCulture = 'tr-TR'
            (Get-CdbTransform DIFF).Name | Should -Be 'diff'
        }
        finally {
            [cultureinfo]::CurrentCulture = $culture
        }
    }

    It 'is named beside one that has a match: <_>' -ForEach 'Export-CdbCsv ./some.csv door, none*', 'Export-CdbChart ./some.svg door, none*', 'Show-CdbChart door, none*' {
        $null = Invoke-Expression "$_ -WarningVariable warnings -WarningAction SilentlyContinue"
        "$warnings" | Should -BeLike "No stream matches 'none``*'*Get-CdbStream*"
    }

    It 'ends a watch, which says so, and one with a match says that it waits' {
        Watch-CdbStream none* -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "No stream matches 'none``*'*"
        Watch-CdbStream door -Last 1 -Count 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | ForEach-Object Message | Should -Contain "Waits for datapoints of 'me/user/door'."
    }
}
