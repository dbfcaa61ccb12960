BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Add-CdbPollItem' {
    It 'adds to a running poller' {
        Add-CdbPollItem up system.uptime -Interval 1s
        (Get-CdbPollItem up).Interval | Should -Be ([timespan]::FromSeconds(1))
    }

    It 'adds to a file' {
        Add-CdbPollItem here net.ping 127.0.0.1 -Interval 1.5 -Timeout 1s -Tag @{ room = 'attic' } -Path $config
        (Get-CdbPollItem here -Path $config).Tags.room | Should -Be attic
    }

    It 'measures an item whose interval is longer than a timer of .NET can wait' {
        Add-CdbPollItem yearly system.uptime -Interval 365d
        Wait-Until { (Get-CdbPollItem yearly).LastValue }
        Remove-CdbPollItem yearly -Confirm:$false
    }

    It 'takes the sampler from a column sampler of a table, too' {
        $items = "name,sampler,interval`nfirst,system.uptime,1m`nsecond,net.ping,5s" | ConvertFrom-Csv
        $items[0] | Add-CdbPollItem -Path "$TestDrive/table.json"
        (Get-CdbPollItem first -Path "$TestDrive/table.json").Key | Should -Be system.uptime
    }

    It 'reports an existing name' {
        Add-CdbPollItem twice system.uptime -Interval 1m
        { Add-CdbPollItem twice system.uptime -Interval 1m } | Should -Throw -ErrorId 'NameTaken,*'
    }

    It 'rejects <Arguments> with <Id>' -ForEach @(
        @{ Arguments = 'net.pong -Interval 1s'; Id = 'NotFound' }
        @{ Arguments = 'net.ping x -Interval 0.005'; Id = 'InvalidValue' }
        @{ Arguments = 'net.tcp house -Interval 1'; Id = 'InvalidValue' }
        @{ Arguments = 'net.ping -Interval 1'; Id = 'InvalidValue' }
    ) {
        { Invoke-Expression "Add-CdbPollItem odd $Arguments -Path '$TestDrive/odd.json'" } | Should -Throw -ErrorId "$Id,*"
    }

    It 'accepts a fraction of a second, with a time limit of one second' {
        Add-CdbPollItem fast system.uptime -Interval 0.05 -Path "$TestDrive/fast.json"
        $item = Get-CdbPollItem fast -Path "$TestDrive/fast.json"
        $item.Interval, $item.TimeLimit | Should -Be @([timespan]::FromMilliseconds(50), [timespan]::FromSeconds(1))
    }

    It 'accepts days, and creates no file with -WhatIf' {
        Add-CdbPollItem daily system.uptime -Interval 1d -Path "$TestDrive/daily.json"
        (Get-CdbPollItem -Path "$TestDrive/daily.json").Interval | Should -Be ([timespan]::FromDays(1))
        Add-CdbPollItem a system.uptime -Interval 1s -Path "$TestDrive/ghost.json" -WhatIf
        "$TestDrive/ghost.json" | Should -Not -Exist
    }

    It 'changes an item that was removed: <Place>' -ForEach @{ Place = 'in a file'; File = 'changed.json' }, @{ Place = 'in a poller' } {
        $with = $file ? @{ Path = "$TestDrive/$file" } : @{}
        Add-CdbPollItem changed net.ping 127.0.0.1 -Interval 1h -Timeout 2s -Tag @{ room = 'attic' } -Stream pi/x -Unit ms @with
        $item = Get-CdbPollItem changed @with
        Remove-CdbPollItem changed -Confirm:$false @with
        $item | Add-CdbPollItem -Interval 5m @with
        $now = Get-CdbPollItem changed @with
        $now.Key, $now.Argument, $now.Interval, $now.Timeout, $now.Tags.room, $now.Stream, $now.Unit | Should -Be @('net.ping', '127.0.0.1', [timespan]'00:05:00', [timespan]'00:00:02', 'attic', 'pi/x', 'ms')
    }

    It 'writes the items of a running poller to its file' {
        $file = "$TestDrive/running.json"
        Add-CdbPollItem a system.uptime -Interval 1m -Path $file
        $started = Start-CdbPoller $file -Logger $logger
        Add-CdbPollItem b net.ping 127.0.0.1 -Interval 30s -Timeout 2s -Tag @{ room = 'attic' } -Stream pi/b -Unit ms -Poller $started
        Remove-CdbPollItem a -Confirm:$false -Poller $started
        $item = Get-CdbPollItem -Path $file
        $item.Name, $item.Key, $item.Argument, $item.Tags.room, $item.Stream, $item.Unit | Should -Be @('b', 'net.ping', '127.0.0.1', 'attic', 'pi/b', 'ms')
        $item.Interval, $item.Timeout | Should -Be @([timespan]'00:00:30', [timespan]'00:00:02')
        Stop-CdbPoller $started
    }
}
