BeforeAll { . "$PSScriptRoot/poller.ps1" }

AfterAll { Stop-CdbPoller; Stop-CdbLogger }

Describe 'Register-CdbSampler' {
    It 'makes a sampler of a script block' {
        (Register-CdbSampler my.answer { 42 } -Unit pieces).Key | Should -Be my.answer
        (Get-CdbSampler my.answer).Unit | Should -Be pieces
    }

    It 'leaves those of the module alone' {
        { Register-CdbSampler net.ping { 1 } } | Should -Throw -ErrorId 'NameTaken,*'
    }
}
