# What is not found by its name is an error that does not end the script, with the name as it was typed.
BeforeDiscovery {
    $calls = @(
        'Add-CdbDatapoint none 1', '1, 2 | Add-CdbDatapoint none', "'1' | Add-CdbDatapoint none", 'Export-CdbCsv ./x.csv none', "'none' | Export-CdbCsv ./x.csv", 'Export-CdbChart ./x.svg none'
        'Show-CdbChart none', 'Get-CdbDatapoint none', 'Measure-CdbStream none', 'Watch-CdbStream none', 'Register-CdbSubscription none { }', 'Remove-CdbDatapoint none -Last 1'
        'Invoke-CdbMerge none', "'none', 'ok' | Invoke-CdbMerge", 'Invoke-CdbDataset none -Since 1d -Every 1h', 'Invoke-CdbDataset ok -X none', 'Get-CdbStream none', 'Set-CdbStream none -Nickname x'
        'Remove-CdbStream none', 'Get-CdbDevice none', 'Set-CdbDevice none -Nickname x', 'Remove-CdbDevice none', 'Reset-CdbApiKey none', 'Get-CdbUser none', 'Set-CdbUser none -Nickname x'
        'Remove-CdbUser none', 'Get-CdbSession -User none', 'Export-CdbItem none ./x', 'Get-CdbTransform none', 'Get-CdbInterpolator none', 'Get-CdbSampler none', 'Unregister-CdbSubscription -Stream none'
        'Get-CdbPollItem none -Path ./poll.json', 'Remove-CdbPollItem none -Path ./poll.json', 'Stop-CdbLogger none', 'Remove-CdbLogger none', 'Sync-CdbLogger none', 'Restore-CdbStore none ./x.cdb'
    )
}

BeforeAll {
    . "$PSScriptRoot/store.ps1"
    Push-Location $TestDrive
    $null = New-CdbStream ok
    Add-CdbDatapoint ok 1
    Add-CdbPollItem load system.cpu -Interval 1h -Path ./poll.json
    $ConfirmPreference = 'None'
}

AfterAll {
    Pop-Location
    Get-CdbConnection | Disconnect-Cdb
}

Describe 'A name of what does not exist' {
    It 'is an error that ends nothing: <_>' -ForEach $calls {
        $null = Invoke-Expression "$_ -ErrorAction SilentlyContinue -ErrorVariable problems"
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'NotFound*'
        "$($problems[0].TargetObject)" | Should -Match '(^|[/\\])none$'
        { Invoke-Expression "$_ -ErrorAction Stop" } | Should -Throw -ErrorId 'NotFound*'
    }

    It 'says how a path of two parts is read when it begins with the user: <_>' -ForEach 'Get-CdbDatapoint me/ok', 'Get-CdbStream me/ok -Recurse', 'Add-CdbDatapoint me/ok 1', 'Set-CdbStream me/ok -Nickname x' {
        $null = Invoke-Expression "$_ -ErrorAction SilentlyContinue -ErrorVariable problems"
        "$problems" | Should -BeLike "There is no stream 'me/me/ok', *A path of two parts is device/stream; after the name of a user, give all three: user/device/stream. *"
    }

    It 'keeps the file of an export as it was: <_>' -ForEach "Export-CdbCsv ./kept.csv ok, none", "'ok', 'none' | Export-CdbCsv ./kept.csv" {
        Set-Content ./kept.csv 'kept'
        Invoke-Expression "$_ -Force -ErrorAction SilentlyContinue"
        Get-Content ./kept.csv | Should -Be 'kept'
    }
}

# Completion leaves a path such as me/, for the name that follows.
Describe 'A path that ends in a slash' {
    It 'is told which name is missing: <Call>' -ForEach @(
        @{ Call = { New-CdbDevice me/ }; Missing = "device is missing after 'me/'" }
        @{ Call = { Get-CdbDevice me/ }; Missing = "device is missing after 'me/'" }
        @{ Call = { Get-CdbStream me/ }; Missing = "stream is missing after 'me/'" }
        @{ Call = { New-CdbStream me/user/ }; Missing = "stream is missing after 'me/user/'" }
        @{ Call = { New-CdbStream me//x }; Missing = "device is missing after 'me/'" }
        @{ Call = { New-CdbDevice /x }; Missing = "user is missing before '/x'" }
        @{ Call = { Get-CdbDatapoint me/*/ }; Missing = "stream is missing after 'me/*/'" }
    ) {
        $said = try { $ErrorActionPreference = 'Stop'; & $Call } catch { $_ }
        $said.FullyQualifiedErrorId | Should -BeLike 'InvalidName,*'
        "$said" | Should -BeLike "'*' is not a valid path: the name of the $Missing."
    }
}
