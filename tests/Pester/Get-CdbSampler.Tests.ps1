BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Get-CdbSampler' {
    It 'describes each sampler and its availability' {
        $ping = Get-CdbSampler net.ping
        $ping.Unit | Should -Be ms
        $ping.IsAvailable | Should -BeTrue
        (Get-CdbSampler windows.counter).IsAvailable | Should -Be $IsWindows
    }

    It 'reports an unknown key' {
        { Get-CdbSampler net.pong } | Should -Throw -ErrorId 'NotFound,*'
    }
}
